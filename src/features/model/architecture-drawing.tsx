/** A model drawn from its present sizes: one box a layer, repeated layers with their count, frozen ones hatched. */
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/use-text.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import type { ModelConfig } from '../../models/model-spec.ts';
import { inOrder, layersOf } from './architecture.ts';
import classes from './architecture-drawing.module.css';

interface Props {
  readonly model: ModelId;
  readonly config: ModelConfig;
  readonly time: number;
  readonly features: number;
}

/** The same layers as a row of bars, for a card; what each of them is stands in the drawing. */
export function ArchitectureSketch({ model, config, time, features }: Props) {
  return (
    <div className={classes.sketch} aria-hidden data-testid={`sketch-${model}`}>
      {inOrder(layersOf(model, config, time, features)).map(({ key, kind, frozen }) => (
        <div key={key} className={`${classes.bar} ${classes.kind}`} data-kind={kind} data-frozen={frozen || undefined} />
      ))}
    </div>
  );
}

export function ArchitectureDrawing({ model, config, time, features }: Props) {
  const { t } = useTranslation('model');
  const text = useText();
  const layers = layersOf(model, config, time, features);
  const words = layers.map(
    (layer) => `${text(layer.name)} ${layer.size}${layer.times > 1 ? ` ${t('times', { count: layer.times })}` : ''}`,
  );
  return (
    <div
      className={classes.row}
      role="img"
      aria-label={t('drawingOf', { name: text(catalog[model].name), layers: words.join(', ') })}
      data-testid={`drawing-${model}`}
    >
      {layers.map((layer) => (
        <div
          key={`${layer.name.en} ${layer.size}`}
          className={`${classes.layer} ${classes.kind}`}
          data-kind={layer.kind}
          data-frozen={layer.frozen || undefined}
        >
          <span className={classes.name}>{text(layer.name)}</span>
          <span className={classes.size}>{layer.size}</span>
          {(layer.times > 1 || layer.frozen) && (
            <span className={classes.times}>
              {layer.times > 1 && t('times', { count: layer.times })} {layer.frozen && t('frozenLayer')}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
