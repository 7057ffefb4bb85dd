/**
 * Weights for TensorFlow.js: a `model.json` with a weights manifest and one binary file beside it, as `tf.io` reads them. There is no layer
 * graph in it: docs/exports.md has a loader.
 */
import { zipSync } from 'fflate';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { appName, appVersion } from '../app-version.ts';

const weightsName = 'weights.bin';

/** Names and bytes of the two files. @param metadata becomes `userDefinedMetadata` */
export function tfjsFiles(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const weights = tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const model = {
    format: 'weights',
    generatedBy: `${appName} ${appVersion}`,
    convertedBy: null,
    weightsManifest: [{ paths: [weightsName], weights }],
    userDefinedMetadata: metadata,
  };
  const bytes = new Uint8Array(tensors.reduce((sum, { data }) => sum + data.byteLength, 0));
  let position = 0;
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return { 'model.json': new TextEncoder().encode(JSON.stringify(model)), [weightsName]: bytes };
}

/** Both files as one download: a zip without compression, since weights do not shrink. */
export function packTfjs(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): ArrayBuffer {
  return zipSync(tfjsFiles(tensors, metadata), { level: 0, mtime: new Date(1980, 0, 1) }).buffer as ArrayBuffer;
}
