/** The place where one decides what to train: models, size, settings, the cost, and the start. */
import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { type ModelId, modelIds } from '../../models/catalog.ts';
import { dismissFailure } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { BasePanel } from './base-panel.tsx';
import { CostTable } from './cost-table.tsx';
import { featureCount } from './feature-count.ts';
import { dataSize } from './memory-of.ts';
import { MemoryTable } from './memory-table.tsx';
import { ModelCards } from './model-cards.tsx';
import { type ModelCost, modelCost } from './model-cost.ts';
import { PresetChoice } from './preset-choice.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { SizesForm } from './sizes-form.tsx';
import { StartBar } from './start-bar.tsx';
import { TrainingForm } from './training-form.tsx';

interface Props {
  /** Addresses of the other places. */
  readonly links: { readonly data: string; readonly training: string };
  /** Called when the queue was handed over. */
  readonly onStarted: () => void;
}

export function ModelView({ links, onStarted }: Props) {
  const settings = useStudio((state) => state.settings);
  const prepared = useStudio((state) => state.prepared);
  const failure = useStudio((state) => state.failures.train);
  const disabled = useStudio(isTraining);
  const features = featureCount(settings, prepared);
  const costs = useMemo(
    () => Object.fromEntries(modelIds.map((id) => [id, modelCost(settings, id, features)])) as Record<ModelId, ModelCost>,
    [settings, features],
  );
  const { models } = settings;
  const { time } = dataSize(settings, prepared, features);
  return (
    <Stack gap="sm">
      {failure && <FailureAlert failure={failure} onClose={() => dismissFailure('train')} testId="failure-train" />}
      <ModelCards costs={costs} disabled={disabled} time={time} features={features} />
      <PresetChoice disabled={disabled} />
      <SettingsMenu disabled={disabled} />
      {models.length > 0 && <CostTable models={models} costs={costs} windows={prepared?.parts.train.windows} />}
      {models.length > 0 && <MemoryTable models={models} />}
      <TrainingForm disabled={disabled} />
      {models.length > 0 && <SizesForm models={models} costs={costs} disabled={disabled} time={time} features={features} />}
      <BasePanel disabled={disabled} />
      <StartBar sizesFit={models.every((id) => costs[id].failure === null)} links={links} onStarted={onStarted} />
    </Stack>
  );
}
