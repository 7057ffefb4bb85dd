/** What the address bar may ask for: `?model=gru,lstm&preset=tiny&set=training.epochs=2&backend=webgl&kernels=reference&language=zh`.
 * `fault=device-lost@7` breaks something on purpose, for tests: nothing in the page leads there. */
import type { Failure } from '../lib/errors.ts';
import { type ModelId, modelIds } from '../models/catalog.ts';
import { type PresetId, presetIds } from '../models/model-spec.ts';
import type { BackendName, InjectedFault, Language } from '../worker/protocol.ts';

export interface Address {
  readonly models: readonly ModelId[] | null;
  readonly preset: PresetId | null;
  /** `path=value`, in the order given; checked where settings are checked. */
  readonly assignments: readonly string[];
  readonly backend: BackendName | null;
  readonly kernels: 'fused' | 'reference';
  readonly language: Language | null;
  /** What is to go wrong: `kind@step`, any number of them. */
  readonly faults: readonly InjectedFault[];
  /** The first thing that could not be understood. */
  readonly problem: Failure | null;
}

const backends: readonly BackendName[] = ['webgpu', 'webgl', 'cpu'];
const languages: readonly Language[] = ['en', 'zh'];
const faultKinds: readonly InjectedFault['kind'][] = ['device-lost', 'out-of-memory', 'no-adapter'];
const kernels = ['fused', 'reference'] as const;

/** Reads the query; unknown names are left alone, known names with wrong values are reported and not taken. */
export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  let problem: Failure | null = null;
  const pick = <V extends string>(name: string, known: readonly V[]): V | null => {
    const text = query.get(name);
    if (text === null) return null;
    const value = known.find((candidate) => candidate === text);
    if (value === undefined) problem ??= { code: 'invalid-setting', parameters: { path: name, value: text, range: known.join(' | ') } };
    return value ?? null;
  };
  const pickModels = (): readonly ModelId[] | null => {
    const text = query.get('model');
    if (text === null) return null;
    if (text === 'all') return modelIds;
    const names = text.split(',').map((name) => name.trim());
    const wrong = names.find((name) => !modelIds.some((id) => id === name));
    if (wrong !== undefined) {
      problem ??= { code: 'invalid-setting', parameters: { path: 'model', value: wrong, range: [...modelIds, 'all'].join(' | ') } };
      return null;
    }
    return modelIds.filter((id) => names.includes(id));
  };
  const pickFaults = (): readonly InjectedFault[] =>
    query.getAll('fault').flatMap((text) => {
      const [name, step = ''] = text.split('@');
      const kind = faultKinds.find((candidate) => candidate === name);
      if (kind && /^[1-9]\d{0,8}$/.test(step)) return [{ kind, step: Number(step) }];
      problem ??= {
        code: 'invalid-setting',
        parameters: { path: 'fault', value: text, range: faultKinds.map((known) => `${known}@1`).join(' | ') },
      };
      return [];
    });
  return {
    models: pickModels(),
    preset: pick('preset', presetIds),
    assignments: query.getAll('set'),
    backend: pick('backend', backends),
    kernels: pick('kernels', kernels) ?? 'fused',
    language: pick('language', languages),
    faults: pickFaults(),
    problem,
  };
}
