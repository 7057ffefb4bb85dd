/**
 * Runs a WGSL kernel with any number of outputs and in-place targets on tfjs' own device and in its own command order; the outputs
 * are ordinary tensors. Bindings in group 0: inputs (read), targets and outputs (read_write), then one uniform of 32-bit words.
 */
import * as tf from '@tensorflow/tfjs';
import { accessBackend } from './backend-access.ts';
import { beforeLaunch } from './budget.ts';
import { isCollecting, pipelineFor } from './pipelines.ts';
import type { Specialized } from './specialize.ts';
import { uniformFor } from './uniforms.ts';
import { dropHostCopy } from './view.ts';

export interface Launch {
  readonly program: Specialized;
  readonly inputs: readonly tf.TensorInfo[];
  /** Written (and perhaps read) where they are, often views; none may share a buffer with an input, or with another target unless the stretches differ. */
  readonly targets?: readonly tf.TensorInfo[];
  /** Shapes of the outputs, all float32. Their buffers come from a pool and are dirty: the kernel must write every element. */
  readonly outputs: readonly (readonly number[])[];
  /** `u32` words; floats by `floatBits`. */
  readonly uniform: readonly number[];
  /** The uniform changes from step to step. */
  readonly volatile?: boolean;
  /** Workgroups in x, y and z. */
  readonly workgroups: readonly [number, number, number];
  /** Floating-point operations, of kernels that may take long. */
  readonly flops?: number;
}

/** @returns one tensor an output, tracked by `tf.tidy` like any other */
export function launch({ program, inputs, targets = [], outputs, uniform, volatile = false, workgroups, flops = 0 }: Launch): tf.Tensor[] {
  const backend = accessBackend();
  const made = outputs.map((shape) => backend.makeTensorInfo([...shape], 'float32'));
  const asTensors = (): tf.Tensor[] => made.map((info) => tf.engine().makeTensorFromTensorInfo(info));
  const { pipeline, layout } = pipelineFor(backend.device, program, inputs.length, targets.length + made.length);
  if (isCollecting()) return asTensors();
  beforeLaunch(flops);
  const all = [...inputs, ...targets, ...made];
  for (const tensor of all) backend.uploadToGPU(tensor.dataId);
  for (const target of targets) dropHostCopy(backend.tensorMap.get(target.dataId));
  const resources = all.map((tensor) => backend.tensorToBinding(tensor) as GPUBindingResource);
  resources.push(uniformFor(uniform, volatile));
  const bindGroup = backend.device.createBindGroup({ layout, entries: resources.map((resource, binding) => ({ binding, resource })) });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(pipeline as GPUComputePipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(...workgroups);
  backend.dispatchCountInPass++;
  if (backend.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  return asTensors();
}
