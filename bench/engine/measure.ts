/**
 * Runs one bench: all contenders alive at once and in turn, so that what disturbs the machine disturbs them alike. Each is warmed first; a step
 * slower than a limit is timed once.
 */
import type { Bench, Contender, Options, Row, Running } from './contender.ts';
import { type Counts, readBytes, readCounts, resetCounts } from './counters.ts';
import { median } from './median.ts';

/** A step slower than this is timed once (ms). */
const slow = 20_000;
/** Quick steps are warmed for so long (ms), because a browser compiles JavaScript that has run often once more. */
const warmMs = 1_000;

interface Runner {
  readonly name: string;
  readonly running: Running;
  readonly times: number[];
  /** Timed once and no more. */
  single: boolean;
}

/** Tells how far it is; the host prints it, and the next step waits until it has: printing takes a core too. */
export type Progress = (line: string) => unknown;

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? '';

async function time(running: Running): Promise<number> {
  const start = performance.now();
  await running.step();
  return performance.now() - start;
}

/** The first step compiles; more where that was quick, because pools and caches fill during the first. */
async function warm(name: string, contender: Contender, progress: Progress): Promise<Runner> {
  const start = performance.now();
  const running = await contender.make();
  const first = await time(running);
  await progress(`${name}: ready after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (first < slow / 10) for (let spent = 0; spent < warmMs; ) spent += await time(running);
  return { name, running, times: [], single: false };
}

async function timeStep(runner: Runner, progress: Progress): Promise<void> {
  const ms = await time(runner.running);
  runner.times.push(ms);
  runner.single = ms > slow;
  await progress(`${runner.name}: ${ms.toFixed(1)} ms`);
}

/** One timed step of each that is not done yet; a peer that fails is named and steps no more. @returns what a step of ours sent to WebGPU */
async function timeRound(ours: Runner, peers: Runner[], errors: Record<string, string>, progress: Progress): Promise<Counts | null> {
  let counted: Counts | null = null;
  if (!ours.single) {
    resetCounts();
    await timeStep(ours, progress);
    counted = readCounts();
  }
  for (const peer of peers.filter(({ name, single }) => !single && errors[name] === undefined)) {
    try {
      await timeStep(peer, progress);
    } catch (thrown) {
      errors[peer.name] = messageOf(thrown);
    }
  }
  return counted;
}

async function warmPeers(bench: Bench, errors: Record<string, string>, progress: Progress): Promise<Runner[]> {
  const runners: Runner[] = [];
  for (const [name, contender] of Object.entries(bench.peers)) {
    try {
      runners.push(await warm(name, contender, progress));
    } catch (thrown) {
      errors[name] = messageOf(thrown);
      progress(`${name} failed: ${errors[name]}`);
    }
  }
  return runners;
}

/** @throws Error where our own contender fails; a peer that fails is left out and named in `peer_errors`. */
export async function measure(name: string, bench: Bench, options: Options, adapter: () => string, progress: Progress): Promise<Row> {
  const errors: Record<string, string> = {};
  const ours = await warm('ours', bench.ours, progress);
  const peers = options.peers ? await warmPeers(bench, errors, progress) : [];
  let counted: Counts = { dispatches: 0, submits: 0 };
  for (let round = 0; round < options.steps; round++) counted = (await timeRound(ours, peers, errors, progress)) ?? counted;
  const bytes = ours.running.device ? readBytes(ours.running.device) : { live: 0, peak: 0 };
  const facts = typeof bench.facts === 'function' ? bench.facts() : bench.facts;
  const predicted = facts?.predicted_bytes;
  for (const { running } of [ours, ...peers]) running.dispose();
  const checked = options.checkReference ? await bench.check?.(progress) : undefined;
  const units = bench.unitsPerStep ?? 1;
  const singles = [ours, ...peers].filter(({ times }) => times.length === 1 && options.steps > 1).map((runner) => runner.name);
  return {
    name,
    ours_ms: median(ours.times) / units,
    peers: Object.fromEntries(
      peers.filter((peer) => errors[peer.name] === undefined).map((peer) => [peer.name, median(peer.times) / units]),
    ),
    ...counted,
    gpu_bytes: bytes.live,
    gpu_peak_bytes: bytes.peak,
    adapter: adapter(),
    ...facts,
    ...(typeof predicted === 'number' && bytes.live > 0 ? { predicted_ratio: predicted / bytes.live } : {}),
    ...checked,
    ...(singles.length > 0 ? { single: true, single_of: singles } : {}),
    ...(Object.keys(errors).length > 0 ? { peer_errors: errors } : {}),
  };
}
