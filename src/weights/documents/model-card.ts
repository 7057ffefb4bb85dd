/** The model card that goes with every pack (`README.md`): what it was trained on, what it scores beside its baselines, and what it is not. */
import type { RunSummary } from '../../training/run.ts';
import { appName, appVersion } from '../app-version.ts';
import { notice } from '../run-facts.ts';
import { markdown, plain } from './markdown.ts';
import { dataSection, healthSection, measuredSection, modelSection, proofSection, scoreSection } from './run-sections.ts';
import { inLanguage, type Wording } from './section.ts';

const noAdvice = {
  en: 'Research, not advice. Past prices say little about future ones; a score that does not stand clear of its baselines is no edge.',
  zh: '仅供研究，不构成投资建议。历史价格对未来的说明力有限；未明显高于基线的成绩不代表任何优势。',
} as const;

const files = {
  en: {
    'run.json': 'settings, scaler, split, every epoch, scores, audit and certificate',
    'series.json': 'curves by step',
    'weights.safetensors': 'the best weights, with the names of a PyTorch state_dict',
    'optimizer.safetensors': 'last weights and AdamW moments, to go on from (where they were kept)',
    'examples.safetensors': 'windows, the answers of these weights, and the raw bars they come from',
    'predictions.safetensors, predictions.csv': 'answers to all test windows',
    'report.html': 'everything on one page, without network',
  },
  zh: {
    'run.json': '设置、缩放参数、划分、每一轮、成绩、检查与证书',
    'series.json': '逐步曲线',
    'weights.safetensors': '最佳权重（PyTorch state_dict 命名）',
    'optimizer.safetensors': '最后的权重与 AdamW 动量，用于继续训练（若已保留）',
    'examples.safetensors': '示例窗口、这些权重的输出及其原始 K 线',
    'predictions.safetensors, predictions.csv': '全部测试窗口的输出',
    'report.html': '单页报告，无需联网',
  },
} as const;

function card(run: RunSummary, wording: Wording): string {
  const t = inLanguage(wording);
  const health = healthSection(run, wording);
  const sections = [
    scoreSection(run, wording),
    dataSection(run, wording),
    ...(health ? [health] : []),
    proofSection(run, wording),
    modelSection(run, wording),
    measuredSection(run, wording),
    { title: t('Files', '文件'), facts: Object.entries(files[wording.language]) },
  ];
  const title = `# ${plain(wording.nameOf(run.job.model))} · ${plain(run.dataset.name)}`;
  return `${title}\n\n**${noAdvice[wording.language]}** ${notice[wording.language]}\n\n${appName} ${appVersion}\n\n${markdown(sections)}`;
}

/** Both languages, the reader's own first. */
export const modelCard = (run: RunSummary, own: Wording, other: Wording): string => `${card(run, own)}\n---\n\n${card(run, other)}`;
