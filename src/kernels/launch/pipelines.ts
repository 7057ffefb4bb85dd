/** Compute pipelines by key, one table a device: compiled at first use, or ahead of time and in parallel while `collect` runs a pass without dispatching. */
import * as tf from '@tensorflow/tfjs';
import { accessBackend } from './backend-access.ts';
import type { Specialized } from './specialize.ts';

export interface Pipeline {
  readonly layout: GPUBindGroupLayout;
  pipeline: GPUComputePipeline | null;
}

interface Wanted {
  readonly made: Pipeline;
  readonly code: string;
  readonly descriptor: GPUComputePipelineDescriptor;
}

interface Table {
  readonly known: Map<string, Pipeline>;
  wanted: Wanted[];
}

const tables = new WeakMap<GPUDevice, Table>();
let collecting = false;

/** True while a pass runs only to learn which pipelines it needs: nothing is dispatched. */
export const isCollecting = (): boolean => collecting;

function tableOf(device: GPUDevice): Table {
  const table = tables.get(device) ?? { known: new Map(), wanted: [] };
  tables.set(device, table);
  return table;
}

function layoutFor(device: GPUDevice, inputs: number, written: number): GPUBindGroupLayout {
  const entry = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type },
  });
  return device.createBindGroupLayout({
    entries: [
      ...Array.from({ length: inputs }, (_, i) => entry(i, 'read-only-storage')),
      ...Array.from({ length: written }, (_, i) => entry(inputs + i, 'storage')),
      entry(inputs + written, 'uniform'),
    ],
  });
}

/** @param inputs bindings that are read, before @param written bindings that are written, before one uniform */
export function pipelineFor(device: GPUDevice, program: Specialized, inputs: number, written: number): Pipeline {
  const table = tableOf(device);
  const found = table.known.get(program.key);
  if (found && (found.pipeline || collecting)) return found;
  const layout = found?.layout ?? layoutFor(device, inputs, written);
  const made: Pipeline = found ?? { layout, pipeline: null };
  table.known.set(program.key, made);
  const descriptor: GPUComputePipelineDescriptor = {
    label: program.key,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ code: program.code, label: program.key }), entryPoint: 'main' },
  };
  if (!collecting) {
    made.pipeline = device.createComputePipeline(descriptor);
    return made;
  }
  table.wanted.push({ made, code: program.code, descriptor });
  return made;
}

/**
 * Compiles everything that `pass` would launch, stock operations included, without running it.
 * @param pass one whole training step or prediction; its tensors hold nothing and must not be read
 * @param onProgress pipelines of our own compiled so far and in all
 */
export async function compileAhead(pass: () => void, onProgress: (done: number, total: number) => void = () => {}): Promise<void> {
  const backend = accessBackend();
  const table = tableOf(backend.device);
  collecting = true;
  tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
  try {
    tf.tidy(pass);
  } finally {
    collecting = false;
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
  }
  // The longest first: what takes seconds to compile is not left for the end, where one core would wait for it.
  const wanted = table.wanted.sort((one, other) => other.code.length - one.code.length);
  table.wanted = [];
  const pending = wanted.map(async ({ made, descriptor }) => {
    made.pipeline = await backend.device.createComputePipelineAsync(descriptor);
  });
  let done = 0;
  onProgress(0, pending.length);
  await Promise.all(pending.map((one) => one.then(() => onProgress(++done, pending.length))));
  await backend.checkCompileCompletionAsync();
}
