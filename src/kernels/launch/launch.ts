/**
 * Runs a WGSL kernel with any number of outputs on tfjs' own device and in its own command order; the outputs are ordinary
 * tensors. Bindings in group 0: inputs (read), then outputs (read_write), then one uniform of `u32`s.
 */
import * as tf from '@tensorflow/tfjs';
import { accessBackend } from './backend-access.ts';
import type { Specialized } from './specialize.ts';

interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

const pipelines = new WeakMap<GPUDevice, Map<string, Pipeline>>();

function pipelineFor(device: GPUDevice, program: Specialized, inputs: number, outputs: number): Pipeline {
  const known = pipelines.get(device) ?? new Map<string, Pipeline>();
  pipelines.set(device, known);
  const found = known.get(program.key);
  if (found) return found;
  const entry = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type },
  });
  const layout = device.createBindGroupLayout({
    entries: [
      ...Array.from({ length: inputs }, (_, i) => entry(i, 'read-only-storage')),
      ...Array.from({ length: outputs }, (_, i) => entry(inputs + i, 'storage')),
      entry(inputs + outputs, 'uniform'),
    ],
  });
  const module = device.createShaderModule({ code: program.code, label: program.key });
  const pipeline = device.createComputePipeline({
    label: program.key,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: 'main' },
  });
  const made = { pipeline, layout };
  known.set(program.key, made);
  return made;
}

export interface Launch {
  readonly program: Specialized;
  readonly inputs: readonly tf.Tensor[];
  /** Shapes of the outputs, all float32. Their buffers come from a pool and are dirty: the kernel must write every element. */
  readonly outputs: readonly (readonly number[])[];
  readonly uniform: readonly number[];
  /** Workgroups in x, y and z. */
  readonly workgroups: readonly [number, number, number];
}

/** @returns one tensor an output, tracked by `tf.tidy` like any other */
export function launch({ program, inputs, outputs, uniform, workgroups }: Launch): tf.Tensor[] {
  const backend = accessBackend();
  const made = outputs.map((shape) => backend.makeTensorInfo([...shape], 'float32'));
  const all = [...inputs, ...made];
  for (const tensor of all) backend.uploadToGPU(tensor.dataId);
  const { pipeline, layout } = pipelineFor(backend.device, program, inputs.length, made.length);
  const resources: GPUBindingResource[] = all.map((tensor) => ({ buffer: backend.tensorMap.get(tensor.dataId).resource }));
  resources.push(backend.makeUniforms(uniform.map((value) => ({ type: 'uint32', data: [value] }))));
  const bindGroup = backend.device.createBindGroup({ layout, entries: resources.map((resource, binding) => ({ binding, resource })) });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(...workgroups);
  backend.dispatchCountInPass++;
  // Disposal of these waits for the submit that uses them.
  for (const tensor of all) backend.commandQueueOwnedIds.add(tensor.dataId);
  if (backend.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  return made.map((info) => tf.engine().makeTensorFromTensorInfo(info));
}
