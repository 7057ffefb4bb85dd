/** The colours of the three parts wherever time is shaded by part. */
import type { Part } from '../../../data/prepared.ts';

export const partColors: Readonly<Record<Part, string>> = { train: '#4791bf', validation: '#e0a030', test: '#8f63c9' };
