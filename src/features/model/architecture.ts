/** The layers of a model under its real configuration, as boxes to draw: from the window of bars at the left to the two answers. */
import type { Text } from '../../lib/fields.ts';
import type { ModelId } from '../../models/catalog.ts';
import type { ModelConfig } from '../../models/model-spec.ts';

export interface Layer {
  readonly name: Text;
  /** Sizes, as numbers and the field's own short names. */
  readonly size: string;
  /** How many of it stand one after the other. */
  readonly times: number;
  readonly kind: 'data' | 'recurrent' | 'attention' | 'dense' | 'experts' | 'pool' | 'head';
  /** Not trained. */
  readonly frozen: boolean;
}

const same = (name: string): Text => ({ en: name, zh: name });

/**
 * @param time T: bars of a window
 * @param features F
 */
export function layersOf(model: ModelId, config: ModelConfig, time: number, features: number): Layer[] {
  const size = (name: string): number => Number(config[name]);
  const layer = (kind: Layer['kind'], name: Text, text: string, times = 1, frozen = false): Layer => ({
    kind,
    name,
    size: text,
    times,
    frozen,
  });
  const window = layer('data', { en: 'Window', zh: '窗口' }, `${time} × ${features}`);
  const heads = (hidden: string): Layer => layer('head', { en: 'Heads: direction, return', zh: '输出头：方向、收益' }, `${hidden} → 3, 1`);
  const pool = layer('pool', { en: 'Mean over time', zh: '时间均值' }, `${time} → 1`);
  switch (model) {
    case 'lstm': {
      const hidden = size('hiddenSize');
      return [
        window,
        layer('recurrent', same('LSTM'), `${hidden}`, size('layers')),
        layer('pool', { en: 'Attention pooling', zh: '注意力池化' }, `${time} → 1`),
        heads(`${hidden} → ${Math.floor(hidden / 2)}`),
      ];
    }
    case 'gru': {
      const hidden = size('hiddenSize');
      return [
        window,
        layer('recurrent', same('GRU'), `${hidden}`, size('layers')),
        layer('pool', { en: 'Last state', zh: '末态' }, `${time} → 1`),
        heads(`${hidden} → ${Math.floor(hidden / 2)}`),
      ];
    }
    case 'transformer': {
      const width = size('width');
      return [
        window,
        layer('dense', { en: 'Input + positions', zh: '输入 + 位置' }, `${features} → ${width}`),
        layer('attention', { en: 'Attention', zh: '注意力' }, `${size('heads')} × ${width / size('heads')}`, size('blocks')),
        layer('dense', { en: 'Feed-forward', zh: '前馈' }, `${width} → ${size('feedForward')}`, size('blocks')),
        pool,
        heads(`${width} → ${Math.floor(width / 2)}`),
      ];
    }
    case 'peft-transformer': {
      const width = size('width');
      return [
        window,
        layer('dense', { en: 'Input + positions', zh: '输入 + 位置' }, `${features} → ${width}`, 1, true),
        layer('attention', { en: 'Attention', zh: '注意力' }, `${size('heads')} × ${width / size('heads')}`, size('blocks'), true),
        layer('dense', { en: 'Feed-forward', zh: '前馈' }, `${width} → ${size('feedForward')}`, size('blocks'), true),
        pool,
        heads(`${width} → ${size('firstHeadWidth')} → ${size('secondHeadWidth')}`),
      ];
    }
    case 'moe-transformer': {
      const width = size('width');
      return [
        window,
        layer('dense', { en: 'Input + positions', zh: '输入 + 位置' }, `${features} → ${width}`),
        layer(
          'attention',
          { en: 'Local attention', zh: '局部注意力' },
          `${size('heads')} × ${width / size('heads')}, |i−j| ≤ ${size('attentionWindow')}`,
          size('blocks'),
        ),
        layer('experts', { en: 'Experts', zh: '专家' }, `2 / ${size('experts')}, ${width} → ${size('expertWidth')}`, size('blocks')),
        pool,
        heads(`${width} → ${Math.floor(width / 2)}`),
      ];
    }
    default:
      return model satisfies never;
  }
}

/** Every layer by itself in the order of the pass: neighbours that are repeated as often are the layers of one block. */
export function inOrder(layers: readonly Layer[]): (Pick<Layer, 'kind' | 'frozen'> & { readonly key: string })[] {
  const groups: Layer[][] = [];
  for (const layer of layers) {
    const group = groups.at(-1);
    if (group?.[0] && layer.times > 1 && group[0].times === layer.times) group.push(layer);
    else groups.push([layer]);
  }
  return groups.flatMap((group, at) =>
    Array.from({ length: group[0]?.times ?? 0 }, (_, turn) =>
      group.map(({ kind, frozen, name }) => ({ kind, frozen, key: `${at} ${turn} ${name.en}` })),
    ).flat(),
  );
}
