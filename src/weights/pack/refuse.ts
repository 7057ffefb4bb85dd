/** Says that a file is no run pack, or a damaged or hostile one. */
import { StudioError } from '../../lib/errors.ts';

export type PackFault =
  | 'not-a-pack'
  | 'damaged'
  | 'too-large'
  | 'too-many'
  | 'unsafe-name'
  | 'twice'
  | 'missing'
  | 'checksum'
  | 'version'
  | 'content';

/** @throws StudioError `invalid-pack`; `name` is the entry or field concerned, shown as text only */
export function refusePack(reason: PackFault, name = '', detail?: string): never {
  throw new StudioError('invalid-pack', { reason, ...(name === '' ? {} : { name: name.slice(0, 120) }) }, detail);
}
