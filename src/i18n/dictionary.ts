/** The two dictionaries, one namespace a file. English is the type; Chinese is checked against it when the types are. */
import { app } from './en/app.ts';
import { applying } from './en/applying.ts';
import { charts } from './en/charts.ts';
import { common } from './en/common.ts';
import { data } from './en/data.ts';
import { desks } from './en/desks.ts';
import { device } from './en/device.ts';
import { errors } from './en/errors.ts';
import { exporting } from './en/exporting.ts';
import { findings } from './en/findings.ts';
import { importing } from './en/importing.ts';
import { keeping } from './en/keeping.ts';
import { labels } from './en/labels.ts';
import { mapping } from './en/mapping.ts';
import { model } from './en/model.ts';
import { prediction } from './en/prediction.ts';
import { proof } from './en/proof.ts';
import { reasons } from './en/reasons.ts';
import { runs } from './en/runs.ts';
import { terms } from './en/terms.ts';
import { training } from './en/training.ts';
import type { Translated } from './translated.ts';
import { app as appZh } from './zh/app.ts';
import { applying as applyingZh } from './zh/applying.ts';
import { charts as chartsZh } from './zh/charts.ts';
import { common as commonZh } from './zh/common.ts';
import { data as dataZh } from './zh/data.ts';
import { desks as desksZh } from './zh/desks.ts';
import { device as deviceZh } from './zh/device.ts';
import { errors as errorsZh } from './zh/errors.ts';
import { exporting as exportingZh } from './zh/exporting.ts';
import { findings as findingsZh } from './zh/findings.ts';
import { importing as importingZh } from './zh/importing.ts';
import { keeping as keepingZh } from './zh/keeping.ts';
import { labels as labelsZh } from './zh/labels.ts';
import { mapping as mappingZh } from './zh/mapping.ts';
import { model as modelZh } from './zh/model.ts';
import { prediction as predictionZh } from './zh/prediction.ts';
import { proof as proofZh } from './zh/proof.ts';
import { reasons as reasonsZh } from './zh/reasons.ts';
import { runs as runsZh } from './zh/runs.ts';
import { terms as termsZh } from './zh/terms.ts';
import { training as trainingZh } from './zh/training.ts';

export const en = {
  app,
  charts,
  common,
  data,
  desks,
  device,
  errors,
  exporting,
  findings,
  importing,
  keeping,
  labels,
  mapping,
  model,
  applying,
  prediction,
  proof,
  reasons,
  runs,
  terms,
  training,
};

export const zh: Translated<typeof en> = {
  app: appZh,
  charts: chartsZh,
  common: commonZh,
  data: dataZh,
  desks: desksZh,
  device: deviceZh,
  errors: errorsZh,
  exporting: exportingZh,
  findings: findingsZh,
  importing: importingZh,
  keeping: keepingZh,
  labels: labelsZh,
  mapping: mappingZh,
  model: modelZh,
  applying: applyingZh,
  prediction: predictionZh,
  proof: proofZh,
  reasons: reasonsZh,
  runs: runsZh,
  terms: termsZh,
  training: trainingZh,
};
