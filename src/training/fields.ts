/** Everything a person can set about training (defaults of SPEC 3). Page-safe: no engine. */
import { boolean, choice, integer, number, type Values } from '../lib/fields.ts';

export const trainingFields = {
  seed: integer({
    label: { en: 'Seed', zh: '随机种子' },
    help: { en: 'Initial weights, order, dropout and mixup all come from it.', zh: '初始权重、顺序、dropout 与 mixup 均由它产生。' },
    default: 1,
    min: 0,
    max: 4294967295,
  }),
  repeats: integer({
    label: { en: 'Runs with other seeds', zh: '不同种子的运行次数' },
    help: {
      en: 'Trains each model this often, with seed, seed + 1, …; scores are then given as mean ± standard deviation.',
      zh: '每个模型以种子、种子 + 1… 训练若干次，成绩以均值 ± 标准差给出。',
    },
    default: 1,
    min: 1,
    max: 100,
  }),
  epochs: integer({ label: { en: 'Epochs at most', zh: '最多轮数' }, default: 50, min: 1, max: 100_000 }),
  batchSize: integer({ label: { en: 'Batch', zh: '批大小' }, unit: { en: 'windows', zh: '窗口' }, default: 32, min: 1, max: 4096 }),
  microBatchSize: integer({
    label: { en: 'Micro-batch', zh: '微批大小' },
    help: {
      en: 'Windows on the device at once, at most; gradients accumulate to the batch. 0 is the whole batch, where it fits the memory budget.',
      zh: '同时在设备上的最多窗口数，梯度累积到整批。0 表示在内存预算允许时使用整批。',
    },
    unit: { en: 'windows', zh: '窗口' },
    default: 0,
    min: 0,
    max: 4096,
  }),
  memoryMegabytes: integer({
    label: { en: 'Memory budget', zh: '内存预算' },
    help: {
      en: 'The micro-batch is chosen so that a run stays within it on the device.',
      zh: '自动选择微批大小，使一次运行在设备上的占用不超过此值。',
    },
    unit: { en: 'MB', zh: 'MB' },
    default: 1500,
    min: 16,
    max: 1_000_000,
  }),
  validationBatchSize: integer({
    label: { en: 'Validation batch', zh: '验证批大小' },
    unit: { en: 'windows', zh: '窗口' },
    default: 32,
    min: 1,
    max: 4096,
  }),
  featureCacheMegabytes: integer({
    label: { en: 'Cache of the frozen base', zh: '冻结基座的特征缓存' },
    help: {
      en: 'PEFT: what the base says of a window is kept on the device, so that only mixed batches run it. The numbers stay the same; 0 keeps nothing.',
      zh: 'PEFT：基座对每个窗口的特征保存在设备上，只有混合批次才运行基座。数值不变；0 表示不缓存。',
    },
    unit: { en: 'MB', zh: 'MB' },
    default: 256,
    min: 0,
    max: 4096,
  }),
  learningRate: number({ label: { en: 'Learning rate', zh: '学习率' }, default: 2e-4, min: 0, max: 10 }),
  beta1: number({ label: { en: 'AdamW β₁', zh: 'AdamW β₁' }, default: 0.9, min: 0, max: 0.999999 }),
  beta2: number({ label: { en: 'AdamW β₂', zh: 'AdamW β₂' }, default: 0.999, min: 0, max: 0.999999 }),
  epsilon: number({ label: { en: 'AdamW ε', zh: 'AdamW ε' }, default: 1e-8, min: 1e-12, max: 1 }),
  weightDecay: number({ label: { en: 'Weight decay', zh: '权重衰减' }, default: 1e-3, min: 0, max: 10 }),
  clipNorm: number({
    label: { en: 'Gradient clip (global norm)', zh: '梯度裁剪（全局范数）' },
    help: { en: '0 turns clipping off.', zh: '0 表示不裁剪。' },
    default: 1,
    min: 0,
    max: 1e6,
  }),
  schedule: choice({
    label: { en: 'Schedule', zh: '学习率调度' },
    default: 'cosine',
    options: [
      { value: 'cosine', label: { en: 'Cosine annealing', zh: '余弦退火' } },
      { value: 'constant', label: { en: 'Constant', zh: '恒定' } },
    ],
  }),
  scheduleEpochs: integer({
    label: { en: 'Cosine T_max', zh: '余弦 T_max' },
    unit: { en: 'epochs', zh: '轮' },
    default: 50,
    min: 1,
    max: 100_000,
  }),
  minLearningRate: number({ label: { en: 'Cosine eta_min', zh: '余弦 eta_min' }, default: 1e-6, min: 0, max: 1 }),
  labelSmoothing: number({ label: { en: 'Label smoothing', zh: '标签平滑' }, default: 0.2, min: 0, max: 0.99 }),
  classWeights: boolean({
    label: { en: 'Class weights', zh: '类别权重' },
    help: { en: 'n / (3·n_c) over the training windows.', zh: '训练窗口上的 n / (3·n_c)。' },
    default: true,
  }),
  returnWeight: number({ label: { en: 'Return loss weight', zh: '收益损失权重' }, default: 1, min: 0, max: 1000 }),
  auxiliaryWeight: number({ label: { en: 'MoE auxiliary weight', zh: 'MoE 辅助损失权重' }, default: 0.01, min: 0, max: 100 }),
  mixup: boolean({ label: { en: 'Mixup', zh: 'Mixup' }, default: false }),
  mixupAlpha: number({ label: { en: 'Mixup α', zh: 'Mixup α' }, default: 0.2, min: 0.01, max: 10 }),
  mixupProbability: number({ label: { en: 'Mixup probability', zh: 'Mixup 概率' }, default: 0.5, min: 0, max: 1 }),
  traceSteps: integer({
    label: { en: 'Trace steps', zh: '记录步数' },
    help: {
      en: 'Records weights and batches of the first steps for a replay in PyTorch. Turns dropout and mixup off; 0 records nothing.',
      zh: '记录前若干步的权重与批次，供 PyTorch 复核；同时关闭 dropout 与 mixup。0 表示不记录。',
    },
    unit: { en: 'steps', zh: '步' },
    default: 0,
    min: 0,
    max: 1000,
  }),
  monitor: choice({
    label: { en: 'Early stopping watches', zh: '早停监控' },
    default: 'loss',
    options: [
      { value: 'loss', label: { en: 'Validation loss', zh: '验证损失' } },
      { value: 'accuracy', label: { en: 'Validation accuracy', zh: '验证准确率' } },
    ],
  }),
  patience: integer({
    label: { en: 'Patience', zh: '早停耐心' },
    help: { en: 'Epochs without improvement before stopping. 0 never stops early.', zh: '多少轮无改善后停止。0 表示不早停。' },
    unit: { en: 'epochs', zh: '轮' },
    default: 10,
    min: 0,
    max: 100_000,
  }),
  minDelta: number({ label: { en: 'Smallest improvement', zh: '最小改善' }, default: 0, min: 0, max: 100 }),
};

export type TrainingConfig = Values<typeof trainingFields>;
