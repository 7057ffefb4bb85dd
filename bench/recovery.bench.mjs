/** How long a training stands still when its device is lost and the adapter is there: from the loss to the first step on the next device. */
import { addressOf, goTo } from '../tools/studio-page.mjs';

const models = ['lstm', 'gru', 'transformer', 'peft-transformer', 'moe-transformer'];

/** Runs in the page before its own code: when the run began (again), and the steps by the worker's clock, which a page that draws does not hold up. */
function hearRun() {
  window.heard = { starts: [], steps: [] };
  window.Worker = class extends Worker {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'started') window.heard.starts.push(Date.now());
        if (data?.type === 'progressed' && data.progress.points.length > 0)
          window.heard.steps.push(
            ...data.progress.points.map(({ step, clockMs }) => ({ step, at: clockMs, again: window.heard.starts.length > 1 })),
          );
      });
    }
  };
}

async function measureRecovery({ browser, address }, model) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  try {
    await context.addInitScript(hearRun);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    // Ten steps an epoch: the device is lost in the third, and the run goes on from the end of the second.
    const assignments = ['data.maxWindows=100', 'training.batchSize=8', 'training.epochs=1000', 'training.patience=0'];
    await page.goto(`${addressOf(address, { models: [model], preset: 'tiny', assignments })}&fault=device-lost@25`);
    await page.getByTestId('try-sample').click();
    await page.getByTestId('fact-file').waitFor();
    await page.getByTestId('place-model').click();
    await page.locator('[data-testid=start]:enabled').click();
    await goTo(page, 'train');
    await page.waitForFunction(() => window.heard.steps.at(-1)?.again);
    const { starts, steps } = await page.evaluate(() => window.heard);
    // The device goes with the step that the page is told of last before the run begins again.
    const lost = steps.findLast(({ again }) => !again);
    const next = steps.find(({ again }) => again);
    return { ours_ms: next.at - lost.at, until_started_ms: starts[1] - lost.at, lost_at_step: lost.step, next_step: next.step };
  } finally {
    await context.close();
  }
}

export const benches = models.map((model) => ({ name: `recovery-${model}`, run: (context) => measureRecovery(context, model) }));
