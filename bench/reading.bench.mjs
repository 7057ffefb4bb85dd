/** How long a file takes from the choice to the health report, and whether the page stays responsive meanwhile. */
import { withBars } from './generated-file.mjs';
import { longestTask, openObserved } from './observed-page.mjs';

async function read(context, rows) {
  return withBars(rows, async (file) => {
    const page = await openObserved(context);
    await page.getByTestId('device-status').or(page.locator('footer')).first().waitFor();
    await page.getByTestId('file-input').setInputFiles(file);
    await page.waitForFunction(() => window.observed.readAt !== null, null, { timeout: 300_000 });
    // What the report causes (charts, preparation) belongs to the wait for a free main thread.
    await page.waitForTimeout(2000);
    const seen = await page.evaluate(() => window.observed);
    await page.context().close();
    return {
      ours_ms: seen.readAt - seen.readingStartedAt,
      rows,
      longest_task_ms: longestTask(seen, seen.readingStartedAt),
      progress_steps: seen.readingSteps,
    };
  });
}

export const benches = [
  { name: 'read-12k', run: (context) => read(context, 12_000) },
  { name: 'read-1m', run: (context) => read(context, 1_000_000) },
];
