/** The run's own training-configuration document (`当前训练配置.md`): every setting that was in force, with the values measured under it. */
import type { RunSummary } from '../../training/run.ts';
import { appName, appVersion } from '../app-version.ts';
import { notice } from '../run-facts.ts';
import { markdown, plain } from './markdown.ts';
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

export const configurationNames = { zh: '当前训练配置.md', en: 'current_training_configuration.md' } as const;

export function configurationDocument(run: RunSummary, wording: Wording): string {
  const t = inLanguage(wording);
  const { job, prepared } = run;
  const { training } = job;
  const steps = Math.ceil(prepared.parts.train.windows / training.batchSize);
  const summary: Section = {
    title: t('At a glance', '一览'),
    facts: [
      [
        t('Loss', '损失'),
        `CrossEntropyLoss(weight=${training.classWeights ? prepared.classWeights.map((w) => w.toFixed(4)).join('/') : '1/1/1'}, label_smoothing=${training.labelSmoothing}) + ${training.returnWeight} × MSE${job.model === 'moe-transformer' ? ` + ${training.auxiliaryWeight} × auxiliary` : ''}`,
      ],
      [
        t('Optimizer', '优化器'),
        `AdamW(lr=${training.learningRate}, betas=(${training.beta1}, ${training.beta2}), eps=${training.epsilon}, weight_decay=${training.weightDecay})`,
      ],
      [
        t('Schedule', '学习率调度'),
        training.schedule === 'cosine'
          ? `CosineAnnealingLR(T_max=${training.scheduleEpochs}, eta_min=${training.minLearningRate})`
          : t('constant', '恒定'),
      ],
      [t('Gradient clip', '梯度裁剪'), training.clipNorm > 0 ? String(training.clipNorm) : t('off', '关闭')],
      [
        t('Early stopping', '早停'),
        training.patience > 0
          ? `patience=${training.patience}, min_delta=${training.minDelta}, monitor=${training.monitor}`
          : t('off', '关闭'),
      ],
      ['Mixup', training.mixup ? `alpha=${training.mixupAlpha}, p=${training.mixupProbability}` : t('off', '关闭')],
      [t('Steps per epoch', '每轮步数'), `${steps} (${prepared.parts.train.windows} / ${training.batchSize})`],
      [
        t('Training windows per trainable parameter', '每个可训练参数的训练窗口数'),
        (prepared.parts.train.windows / Math.max(1, run.parameters.trainable)).toPrecision(3),
      ],
    ],
  };
  const health = healthSection(run, wording);
  const sections = [
    summary,
    modelSection(run, wording),
    dataSection(run, wording),
    trainingSection(run, wording),
    dataSettingsSection(run, wording),
    measuredSection(run, wording),
    scoreSection(run, wording),
    ...(health ? [health] : []),
    proofSection(run, wording),
  ];
  const title = `# ${t('Current training configuration', '当前训练配置')} · ${plain(wording.nameOf(job.model))}`;
  return `${title}\n\n${job.runId} · ${appName} ${appVersion}\n\n${notice[wording.language]}\n\n${markdown(sections)}`;
}
