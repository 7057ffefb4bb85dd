/** Measures one engine bench by name, in a realm where nothing of WebGPU has been touched yet. Both hosts call this. */
import { benches } from './benches.ts';
import type { Options, Row } from './contender.ts';
import { installCounters } from './counters.ts';
import { measure, type Progress } from './measure.ts';
import type { EngineName } from './names.ts';
import { adapterName } from './ours/device.ts';
import { rememberStockFlags } from './tf-environment.ts';

export async function runRow(name: EngineName, options: Options, progress: Progress): Promise<Row> {
  installCounters();
  await rememberStockFlags();
  return measure(name, benches[name], options, adapterName, progress);
}
