/** The WGSL of a recurrence's pass: for quads with their shared product, else plain. */
import { type Specialized, specialize } from '../launch/specialize.ts';
import activations from './activations.wgsl?raw';
import { constantsOf, type Pass, type RecurrenceLayout } from './layout.ts';
import quadProduct from './quad-product.wgsl?raw';

export interface Sources {
  readonly plain: Readonly<Record<Pass, string>>;
  readonly quads: Readonly<Record<Pass, string>>;
}

export function recurrenceProgram(
  name: string,
  sources: Sources,
  pass: Pass,
  layout: RecurrenceLayout,
  [batch, time]: readonly [number, number],
): Specialized {
  const constants = constantsOf(layout, pass, batch, time);
  if (layout.quads) return specialize(`${name}-quad-${pass}`, sources.quads[pass], constants, [activations, quadProduct]);
  return specialize(`${name}-${pass}`, sources.plain[pass], constants, [activations]);
}
