/** The rows of the controls' table: which command line trains which model on which data. */
import path from 'node:path';

const common = ['--preset', 'tiny', '--seed', '1', '--set', 'training.batchSize=64', '--set', 'training.validationBatchSize=64'];

const settings = (assignments) => Object.entries(assignments).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

const recurrent = (model) => [
  ...['--model', model, '--epochs', '10'],
  ...settings({
    'training.patience': 4,
    'training.learningRate': 0.004,
    'training.scheduleEpochs': 12,
    'data.sequenceLength': 64,
    [`${model}.hiddenSize`]: 32,
  }),
];

/** Attention costs more, so it sees half the bars of a window and the newest 4,000 windows. */
const attending = (model, assignments = {}) => [
  ...['--model', model, '--epochs', '8'],
  ...settings({
    'training.patience': 3,
    'training.learningRate': 0.003,
    'training.scheduleEpochs': 10,
    'data.sequenceLength': 32,
    'data.maxWindows': 4000,
    ...assignments,
  }),
];

/** The sizes of the tiny Transformer, whose weights are the frozen base. */
const frozen = Object.fromEntries(
  Object.entries({ width: 32, blocks: 2, heads: 4, feedForward: 64 }).map(([k, v]) => [`peft-transformer.${k}`, v]),
);

const data = {
  sample: ['--data', 'public/sample.csv'],
  noise: ['--control', 'noise'],
  shuffled: ['--control', 'shuffled', '--data', 'public/sample.csv'],
};

/**
 * The runs in the order in which they must be trained: a base before what stands on it.
 * @param folder where the runs are kept, one folder each
 */
export function controlRuns(folder) {
  const models = {
    lstm: () => recurrent('lstm'),
    gru: () => recurrent('gru'),
    transformer: () => attending('transformer', { 'transformer.dropout': 0.05 }),
    'peft-transformer': (set) => [
      ...attending('peft-transformer', frozen),
      ...['--base', path.join(folder, `transformer-${set}`, 'best_transformer.safetensors')],
    ],
    'peft-transformer-random': (set) => (set === 'sample' ? attending('peft-transformer', frozen) : null),
    'moe-transformer': () => attending('moe-transformer'),
  };
  return Object.keys(data).flatMap((set) =>
    Object.entries(models).flatMap(([name, parametersOf]) => {
      const parameters = parametersOf(set);
      return parameters ? [{ name: `${name}-${set}`, model: name, set, parameters: [...common, ...parameters, ...data[set]] }] : [];
    }),
  );
}
