/** The desks with what they need from the store: the survey that follows each preparation, and the settings they change. */
import { Grid } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { DatasetSummary } from '../../../data/dataset.ts';
import type { DataConfig } from '../../../data/fields.ts';
import type { PreparedSummary } from '../../../data/prepared.ts';
import type { Survey } from '../../../data/survey.ts';
import { useStudio } from '../../../store/store.ts';
import { dataConfigOf } from '../../../training/settings.ts';
import { fieldGroups } from '../field-groups.ts';
import { PartsPanel } from '../parts-panel.tsx';
import { FeaturesDesk } from './features-desk.tsx';
import { GapDesk } from './gap-desk.tsx';
import { ReturnHistogram } from './return-histogram.tsx';
import { RulesDesk } from './rules-desk.tsx';
import { SplitDesk } from './split-desk.tsx';

function useDesk(): { readonly survey: Survey | null; readonly config: DataConfig } {
  const settings = useStudio((state) => state.settings);
  const survey = useDeferredValue(useStudio((state) => state.survey));
  return { survey, config: useMemo(() => dataConfigOf(settings), [settings]) };
}

export function LabelsDesk({ prepared }: { readonly prepared: PreparedSummary }) {
  const { survey, config } = useDesk();
  return (
    <PartsPanel prepared={prepared}>
      {survey && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <RulesDesk survey={survey} config={config} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <ReturnHistogram survey={survey} labels={prepared.labels} horizon={config.horizon} />
          </Grid.Col>
        </Grid>
      )}
    </PartsPanel>
  );
}

export function Split({ dataset, prepared }: { readonly dataset: DatasetSummary; readonly prepared: PreparedSummary }) {
  const { survey, config } = useDesk();
  return survey && <SplitDesk dataset={dataset} prepared={prepared} survey={survey} config={config} />;
}

export function Gaps({ prepared }: { readonly prepared: PreparedSummary }) {
  const { survey, config } = useDesk();
  return survey && <GapDesk survey={survey} prepared={prepared} config={config} />;
}

/** Every feature of the table, also where none is on and nothing could be prepared. */
export function Features() {
  const { survey, config } = useDesk();
  const names = fieldGroups(config).find(({ id }) => id === 'features')?.names ?? [];
  return <FeaturesDesk survey={survey} config={config} names={names} />;
}
