/** The place "compare", composed of its features. */
import { Stack } from '@mantine/core';
import { AllDownloads } from '../../features/export/all-downloads.tsx';
import { RunDownloads } from '../../features/export/run-downloads.tsx';
import { PredictionPanel } from '../../features/prediction/prediction-panel.tsx';
import { RunsView } from '../../features/runs/runs-view.tsx';

export default function Place() {
  return (
    <Stack gap="sm" data-testid="place-compare-content">
      <RunsView downloads={(run, named) => <RunDownloads run={run} named={named} compact />} allDownloads={<AllDownloads />} />
      <PredictionPanel />
    </Stack>
  );
}
