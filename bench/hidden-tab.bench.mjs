/**
 * Pace of a training in the tab that is seen and in the same tab behind another one, in turn. A headless page is never hidden: this takes a
 * browser with a window, on a screen of its own where the machine has none, and with the browser's throttling of hidden tabs in force.
 */
import { addressOf } from '../tools/studio-page.mjs';
import { openScreen, startWindowed } from './windowed-browser.mjs';

const [rounds, phaseMs, settleMs] = [3, 30_000, 2000];

/** Runs in the page before its own code: hears what the worker tells, which no throttling of timers or frames delays. */
function hearSteps() {
  const heard = { step: 0, at: 0 };
  window.heard = heard;
  window.Worker = class extends Worker {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'progressed' && data.progress.points.length > 0)
          Object.assign(heard, { step: data.progress.step, at: performance.now() });
      });
    }
  };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(probe, what, deadlineMs = 120_000) {
  for (const beganAt = Date.now(); Date.now() - beganAt < deadlineMs; await pause(200)) if (await probe()) return;
  throw new Error(`${what} did not come`);
}

/** Uses the page by scripts alone: a driver that emulates focus would keep it from being hidden. */
async function startTraining(tab) {
  const present = (selector) => tab.evaluate(`document.querySelector(${JSON.stringify(selector)}) !== null`);
  const press = async (selector) => {
    await until(() => present(selector), selector);
    await tab.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
  };
  await press('[data-testid=try-sample]');
  await until(() => present('[data-testid=fact-file]'), 'the sample');
  await press('[data-testid=place-model]');
  await press('[data-testid=start]:enabled');
  await press('[data-testid=place-train]');
  await until(() => tab.evaluate('window.heard.step > 20'), 'step 20');
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function measureHidden({ address }) {
  const screen = await openScreen();
  if (!screen) return { ours_ms: null, skipped: 'no X server, and no Xvfb to start one' };
  const browser = await startWindowed(screen.display);
  try {
    const assignments = ['data.maxWindows=6000', 'training.batchSize=32', 'training.epochs=2000', 'training.patience=0'];
    const other = await browser.open('about:blank');
    const tab = await browser.open('about:blank');
    await tab.beforeLoading(`(${hearSteps})()`);
    await tab.goTo(addressOf(address, { models: ['gru'], preset: 'tiny', assignments }));
    await startTraining(tab);
    const paces = { visible: [], hidden: [] };
    for (let phase = 0; phase < 2 * rounds; phase++) {
      const wanted = phase % 2 === 0 ? 'visible' : 'hidden';
      await (wanted === 'visible' ? tab : other).show();
      await until(() => tab.evaluate(`document.visibilityState === '${wanted}'`), `the state "${wanted}"`);
      await pause(settleMs);
      const from = await tab.evaluate('window.heard');
      await pause(phaseMs);
      const to = await tab.evaluate('window.heard');
      if (!(await tab.evaluate(`document.visibilityState === '${wanted}'`))) throw new Error(`the tab was not ${wanted} all the time`);
      paces[wanted].push((1000 * (to.step - from.step)) / (to.at - from.at));
    }
    const ratios = paces.hidden.map((pace, round) => pace / paces.visible[round]);
    const [visible, hidden] = [median(paces.visible), median(paces.hidden)];
    return {
      ours_ms: 1000 / hidden,
      visible_steps_per_second: visible,
      hidden_steps_per_second: hidden,
      hidden_of_visible: hidden / visible,
      lowest_round: Math.min(...ratios),
      highest_round: Math.max(...ratios),
      rounds,
      phase_ms: phaseMs,
    };
  } finally {
    await browser.close();
    screen.close();
  }
}

export const benches = [{ name: 'hidden-tab', run: measureHidden }];
