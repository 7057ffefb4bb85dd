/** The controls as a Markdown table: what each model reached, and the strongest baseline of the same test rows. */

const titles = {
  lstm: 'LSTM, T 64, 2 × 32',
  gru: 'GRU, T 64, 32',
  transformer: 'Transformer, T 32, width 32',
  'peft-transformer': 'PEFT, that Transformer as its base',
  'peft-transformer-random': 'PEFT, random base',
  'moe-transformer': 'MoE, T 32, width 32, 8 experts',
};
const names = { majority: 'majority class', logistic: 'logistic regression', persistence: 'last move' };
const sets = { sample: 'sample', noise: 'noise', shuffled: 'shuffled labels' };

const percent = (share) => (100 * share).toFixed(1);
const withInterval = ({ value, low, high }) => `${percent(value)} [${percent(low)}, ${percent(high)}]`;
const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** The baseline of the highest accuracy on the test rows. */
export const strongest = (baselines) => baselines.reduce((best, one) => (one.test.value > best.test.value ? one : best));

/** Whether the model's interval lies above that of every baseline. */
export const beats = ({ test, baselines }) => baselines.every((baseline) => test.accuracy.low > baseline.test.high);

function row({ model, set, minutes, report }, seen) {
  const [run] = report.runs;
  const best = strongest(run.baselines);
  const own = withInterval(run.test.accuracy);
  return [
    seen.has(model) ? '' : titles[model],
    sets[set],
    count(run.data.parts.train.windows),
    percent(run.bestMetrics['validation/accuracy']),
    beats(run) ? `**${own}**` : own,
    `${withInterval(best.test)} ${names[best.id] ?? best.id}`,
    String(run.bestEpoch),
    minutes.toFixed(1),
  ];
}

/** @param rows `{ model, set, minutes, report }` in any order; those of one model are put together */
export function controlsTable(rows) {
  const heads = ['model', 'data', 'training windows', 'validation', 'test', 'strongest baseline, test', 'best epoch', 'minutes'];
  const seen = new Set();
  const lines = Object.keys(titles).flatMap((model) =>
    rows
      .filter((one) => one.model === model)
      .map((one) => {
        const cells = row(one, seen);
        seen.add(model);
        return cells;
      }),
  );
  return `${[heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
