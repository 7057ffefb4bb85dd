/** The place "train", composed of its features. */
import { RunCharts } from '../../features/charts/run-charts.tsx';
import { RunDownloads } from '../../features/export/run-downloads.tsx';
import { RunActions } from '../../features/importing/run-actions.tsx';
import { TrainingView } from '../../features/training/training-view.tsx';

export default function Place() {
  return (
    <div data-testid="place-train-content">
      <TrainingView
        charts={(runId) => <RunCharts key={runId} runId={runId} />}
        downloads={(run) => (
          <>
            <RunDownloads run={run} named />
            <RunActions run={run} />
          </>
        )}
      />
    </div>
  );
}
