/** The README of a generated twin, in both languages. */
import type { RunSummary } from '../../training/run.ts';
import { plain } from '../documents/markdown.ts';
import { notice } from '../run-facts.ts';

const files = {
  en: [
    ['models.py', 'the five models; state_dict names are those of the weights'],
    ['features.py', 'the features, from bars up to and including each row'],
    ['data.py', 'labels, windows and split, by the rules of the studio'],
    ['losses.py', 'the loss, as the share that some rows have in the loss of a batch'],
    ['train.py', 'training further, on one process or many'],
    ['check.py', 'holds this folder against the studio'],
    ['config.json', 'sizes, settings, scaler, thresholds and split of the run'],
    ['weights.safetensors', 'the best weights; optimizer.safetensors is the last state, where it was kept'],
  ],
  zh: [
    ['models.py', '五种模型，state_dict 名称与权重文件一致'],
    ['features.py', '特征，只用到当前行为止的 K 线'],
    ['data.py', '标签、窗口与划分，规则与工作室相同'],
    ['losses.py', '损失：一部分行在整批损失中所占的份额'],
    ['train.py', '继续训练，单进程或多进程'],
    ['check.py', '与工作室逐项核对'],
    ['config.json', '该次训练的尺寸、设置、缩放参数、阈值与划分'],
    ['weights.safetensors', '最佳权重；optimizer.safetensors 为最后状态（若已保留）'],
  ],
} as const;

const commands = `python3 check.py                                   
python3 train.py --epochs 10                      
torchrun --nproc_per_node=4 train.py --epochs 10  `;

function withNotes(notes: readonly string[]): string {
  return commands
    .split('\n')
    .map((line, i) => `${line}# ${notes[i]}`)
    .join('\n');
}

const list = (rows: readonly (readonly [string, string])[]): string => rows.map(([name, what]) => `- \`${name}\`: ${what}`).join('\n');

/** @param hasBars bars.csv lies in the folder */
export function twinReadme(run: RunSummary, name: string, hasBars: boolean, hasState: boolean): string {
  const title = `${plain(name)} · ${plain(run.dataset.name)}`;
  const bars = {
    en: hasBars
      ? '`bars.csv` holds the bars as the studio read them.'
      : 'The bars are not in here. Make the twin again with `--data FILE`, or write `bars.csv` yourself: `time` (ms since 1970, UTC as written), `open,high,low,close,volume`.',
    zh: hasBars
      ? '`bars.csv` 为工作室读取后的 K 线。'
      : '此处不含 K 线。请用 `--data FILE` 重新生成，或自行写入 `bars.csv`：`time`（1970 年起的毫秒，按原文视为 UTC）、`open,high,low,close,volume`。',
  };
  const resume = hasState ? '`--resume optimizer.safetensors`' : '`--resume out/state.safetensors`';
  return `# ${title}: PyTorch

The model of run \`${run.job.runId}\` as a PyTorch project. It needs torch and numpy, nothing else.

\`\`\`sh
${withNotes(['same weights, features and answers as the studio?', 'train further on this machine', 'the same curve on four processes'])}
\`\`\`

A batch is dealt to all processes, and its loss is divided by the sums over the whole batch, so the number of processes does not change the
curve (but for dropout, which each process draws for itself). ${resume} goes on with the optimizer's state. \`out/best_${run.job.model}.safetensors\`
can be dropped on the studio again.

${bars.en}

${list(files.en)}

${notice.en}

---

# ${title}：PyTorch

训练 \`${run.job.runId}\` 的模型，作为 PyTorch 项目。只需要 torch 与 numpy。

\`\`\`sh
${withNotes(['权重、特征与输出是否与工作室一致', '在本机继续训练', '四个进程，曲线不变'])}
\`\`\`

每一批分给所有进程，损失除以整批的总和，因此进程数不改变曲线（dropout 由各进程各自抽取，除外）。${resume} 可连同优化器状态继续训练。
\`out/best_${run.job.model}.safetensors\` 可重新拖入工作室。

${bars.zh}

${list(files.zh)}

${notice.zh}
`;
}
