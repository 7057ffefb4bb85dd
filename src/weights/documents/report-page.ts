/** One run on one HTML page that needs no network and no script: curves, scores with intervals and baselines, confusion, configuration, health, certificate. */
import { bestRecord } from '../../training/groups.ts';
import type { Confusion, RunSummary } from '../../training/run.ts';
import { appName, appVersion } from '../app-version.ts';
import { classTexts } from '../texts.ts';
import { escaped, lineChart } from './line-chart.ts';
import {
  dataSection,
  dataSettingsSection,
  healthSection,
  measuredSection,
  modelSection,
  proofSection,
  scoreSection,
  trainingSection,
} from './run-sections.ts';
import { inLanguage, type Section, type Wording } from './section.ts';

const style = `
:root{color-scheme:light dark;--line:#d7dbe2;--dim:#5f6876;--page:#fff;--text:#16191f;--train:#2563c9;--validation:#c2410c}
@media(prefers-color-scheme:dark){:root{--line:#363c47;--dim:#9aa4b2;--page:#14171c;--text:#e7eaf0;--train:#74a7ff;--validation:#ff9a62}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1080px;padding:24px 16px 48px;background:var(--page);color:var(--text);font:14px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:28px 0 8px}p{margin:4px 0}.dim{color:var(--dim)}.advice{border-left:4px solid var(--validation);padding:6px 12px;margin:14px 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}td,th{border-bottom:1px solid var(--line);padding:4px 10px 4px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}
.scroll{overflow-x:auto}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:16px}figure{margin:0}figcaption{font-weight:600;display:flex;flex-wrap:wrap;gap:4px 12px;justify-content:space-between}
.legend{font-weight:400;color:var(--dim);display:flex;gap:12px}.legend i{display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle}svg{width:100%;height:auto}svg text{font-size:11px;fill:var(--dim)}.grid{stroke:var(--line);stroke-width:1}
.confusion td{text-align:right;padding:6px 12px;border:1px solid var(--page)}.confusion{width:auto}@media print{body{max-width:none}h2{break-after:avoid}figure,tr{break-inside:avoid}}
`;

const cells = (tag: 'td' | 'th', row: readonly string[]): string =>
  `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

function sectionHtml({ title, facts = [], table, notes = [] }: Section): string {
  const parts = [`<h2>${escaped(title)}</h2>`];
  if (facts.length > 0)
    parts.push(
      `<table>${facts.map(([label, value]) => `<tr><th scope="row" style="width:34%">${escaped(label)}</th><td>${escaped(value)}</td></tr>`).join('')}</table>`,
    );
  if (table?.[0])
    parts.push(
      `<div class="scroll"><table><thead>${cells('th', table[0])}</thead><tbody>${table
        .slice(1)
        .map((row) => cells('td', row))
        .join('')}</tbody></table></div>`,
    );
  parts.push(...notes.map((note) => `<p class="dim">${escaped(note)}</p>`));
  return `<section>${parts.join('')}</section>`;
}

/** Each row shaded by its own share, so that a class seldom met is seen as well as a frequent one. */
function confusionHtml(title: string, confusion: Confusion, names: readonly string[], corner: string): string {
  const rows = names.map((name, actual) => {
    const counts = names.map((_, predicted) => confusion[actual * 3 + predicted] ?? 0);
    const total = Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
    const shaded = counts.map(
      (count) => `<td style="background:color-mix(in srgb,var(--train) ${Math.round((70 * count) / total)}%,transparent)">${count}</td>`,
    );
    return `<tr><th scope="row">${escaped(name)}</th>${shaded.join('')}</tr>`;
  });
  const head = [corner, ...names].map((name) => `<th>${escaped(name)}</th>`).join('');
  return `<figure><figcaption>${escaped(title)}</figcaption><table class="confusion"><tr>${head}</tr>${rows.join('')}</table></figure>`;
}

function charts(run: RunSummary, wording: Wording): string {
  const t = inLanguage(wording);
  const line = (part: 'train' | 'validation', metric: string) => ({
    name: part === 'train' ? t('training', '训练') : t('validation', '验证'),
    color: `var(--${part})`,
    points: run.epochs.map(({ epoch, metrics }) => ({ x: epoch, y: metrics[`${part}/${metric}`] ?? Number.NaN })),
  });
  const both = (title: string, metric: string): string => lineChart(title, [line('train', metric), line('validation', metric)]);
  const rate = run.epochs.map(({ epoch, metrics }) => ({ x: epoch, y: metrics['optimizer/learningRate'] ?? Number.NaN }));
  return [
    both(t('Loss by epoch', '每轮损失'), 'loss'),
    both(t('Accuracy by epoch', '每轮准确率'), 'accuracy'),
    both(t('Return MAE (bp) by epoch', '每轮收益 MAE（基点）'), 'mae'),
    lineChart(t('Learning rate by epoch', '每轮学习率'), [{ name: t('learning rate', '学习率'), color: 'var(--train)', points: rate }]),
  ].join('');
}

export function reportPage(run: RunSummary, wording: Wording): string {
  const t = inLanguage(wording);
  const names = classTexts.map((text) => text[wording.language]);
  const best = bestRecord(run);
  const corner = t('actual \\ predicted', '实际 \\ 预测');
  const matrices = [
    ...(best && best.confusion.validation.length === 9
      ? [confusionHtml(t('Confusion, validation', '混淆矩阵，验证'), best.confusion.validation, names, corner)]
      : []),
    ...(run.test?.confusion.length === 9 ? [confusionHtml(t('Confusion, test', '混淆矩阵，测试'), run.test.confusion, names, corner)] : []),
  ];
  const health = healthSection(run, wording);
  const title = `${wording.nameOf(run.job.model)} · ${run.dataset.name}`;
  const advice = t('Research, not advice.', '仅供研究，不构成投资建议。');
  const body = [
    `<h1>${escaped(title)}</h1><p class="dim">${escaped(`${run.job.runId} · ${appName} ${appVersion}`)}</p>`,
    `<p class="advice"><strong>${advice}</strong> ${escaped(t('A score on past prices promises nothing.', '历史成绩不代表未来。'))}</p>`,
    sectionHtml(scoreSection(run, wording)),
    `<h2>${t('Curves', '曲线')}</h2><div class="charts">${charts(run, wording)}</div>`,
    `<h2>${t('Confusion', '混淆矩阵')}</h2><div class="charts">${matrices.join('')}</div>`,
    sectionHtml(dataSection(run, wording)),
    ...(health ? [sectionHtml(health)] : []),
    sectionHtml(proofSection(run, wording)),
    sectionHtml(measuredSection(run, wording)),
    sectionHtml(modelSection(run, wording)),
    sectionHtml(trainingSection(run, wording)),
    sectionHtml(dataSettingsSection(run, wording)),
  ];
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  const head = `<meta charset="utf-8">${policy}<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style>`;
  return `<!doctype html>\n<html lang="${wording.language === 'zh' ? 'zh-CN' : 'en'}"><head>${head}</head><body>${body.join('\n')}</body></html>\n`;
}
