/** Slots of a tile of the grouped products: what a thread of `grouped.wgsl` holds, a quad of `grouped-quads.wgsl`, or a workgroup of `grouped-tiled.wgsl`. Page-safe. */
import type { Tiles } from '../matmul/plan.ts';

export const tileRows: Readonly<Record<Tiles, number>> = { registers: 8, quads: 32, workgroups: 64 };
