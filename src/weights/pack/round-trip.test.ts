import { expect, test } from 'vitest';
import { modelIds } from '../../models/catalog.ts';
import { barsText, studioInNode, tinySettings } from '../../worker/testing/studio-in-node.ts';

const text = barsText(700);

test.each(modelIds)('%s: a pack reopens in a fresh studio as the very same run, with weights that answer the same', async (model) => {
  const here = await studioInNode();
  const settings = tinySettings(model, model === 'moe-transformer' ? { 'training.epochs': 1, 'data.maxWindows': 60 } : {});
  await here.load(text, settings);
  await here.train(settings);
  const { run } = here.last('finished');
  const bytes = await here.export('pack', run.job.runId);

  const there = await studioInNode();
  await there.session.import({ type: 'import', file: new File([bytes], 'run.zip'), answers: null });
  const opened = there.last('imported');
  expect(opened.known).toBe(false);
  expect(opened.ignored).toEqual([]);
  expect(JSON.parse(JSON.stringify(opened.run))).toEqual(JSON.parse(JSON.stringify(run)));
  expect(await there.export('weights', run.job.runId)).toEqual(await here.export('weights', run.job.runId));
  expect(await there.export('examples', run.job.runId)).toEqual(await here.export('examples', run.job.runId));
  expect(await there.export('pack', run.job.runId)).toEqual(bytes);

  await there.session.import({ type: 'import', file: new File([bytes], 'run.zip'), answers: null });
  expect(there.last('imported').known).toBe(true);
});
