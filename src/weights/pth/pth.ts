/** A `.pth` that `torch.load(path, weights_only=True)` opens as a state_dict: a zip of stored entries, as torch.save has written since 1.6. */
import { type Zippable, zipSync } from 'fflate';
import { StudioError } from '../../lib/errors.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { pickleStateDict } from './pickle.ts';

/** Zip files without the 64-bit extension end here. */
const mostBytes = 2 ** 32 - 1;
/** Bytes of a zip entry's header before its name, and of one extra field before its content. */
const [headerBytes, extraBytes] = [30, 4];
/** PyTorch lays storages at multiples of this, so that a file can be mapped into memory. */
const alignment = 64;
/** Its own name for the extra field that pads: "FB". */
const paddingField = 0x4246;
const folder = 'archive';

/**
 * @param metadata texts that torch.load passes over; they lie in the zip as `archive/extra/metadata.json`
 * @throws StudioError `file-too-large` beyond 4 GB
 */
export function packPth(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): ArrayBuffer {
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const records: [name: string, bytes: Uint8Array][] = [
    ['data.pkl', pickleStateDict(tensors)],
    ['byteorder', encode('little')],
    ...tensors.map(({ data }, i): [string, Uint8Array] => [`data/${i}`, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]),
    ['extra/metadata.json', encode(JSON.stringify(metadata))],
    ['version', encode('3\n')],
  ];
  const entries: Zippable = {};
  let position = 0;
  for (const [name, bytes] of records) {
    const path = `${folder}/${name}`;
    const start = position + headerBytes + path.length + extraBytes;
    const padding = (alignment - (start % alignment)) % alignment;
    entries[path] = [bytes, { level: 0, mtime: new Date(1980, 0, 1), extra: { [paddingField]: new Uint8Array(padding) } }];
    position = start + padding + bytes.length;
  }
  if (position > mostBytes) throw new StudioError('file-too-large', { format: '.pth', bytes: position, limit: mostBytes });
  return zipSync(entries).buffer as ArrayBuffer;
}
