/** The place "compare", composed of its features. */
import { Group, Stack } from '@mantine/core';
import { ApplyingPanel } from '../../features/applying/applying-panel.tsx';
import { AllDownloads } from '../../features/export/all-downloads.tsx';
import { RunDownloads } from '../../features/export/run-downloads.tsx';
import { OpenRun } from '../../features/importing/open-run.tsx';
import { RunActions } from '../../features/importing/run-actions.tsx';
import { RunsView } from '../../features/runs/runs-view.tsx';
import { useStudio } from '../../store/store.ts';

export default function Place() {
  const empty = useStudio((state) => state.runOrder.length === 0);
  return (
    <Stack gap="sm" data-testid="place-compare-content">
      {empty && (
        <Group justify="center">
          <OpenRun />
        </Group>
      )}
      <RunsView
        downloads={(run, named) => (
          <>
            <RunDownloads run={run} named={named} compact />
            <RunActions run={run} compact />
          </>
        )}
        allDownloads={
          <Group gap="xs">
            <OpenRun />
            <AllDownloads />
          </Group>
        }
      />
      <ApplyingPanel />
    </Stack>
  );
}
