/** JSON that gives back exactly what was written: also numbers that are not finite, and typed arrays of floats. */

const numberKey = '$number';
const listKeys = { $float32: Float32Array, $float64: Float64Array } as const;

function toPlain(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { [numberKey]: String(value) };
  // Their own values pass here too, one by one.
  if (value instanceof Float32Array) return { $float32: Array.from(value) };
  if (value instanceof Float64Array) return { $float64: Array.from(value) };
  return value;
}

function fromPlain(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length !== 1) return value;
  const own = (value as Record<string, unknown>)[keys[0] as string];
  if (keys[0] === numberKey) return Number(own);
  if ((keys[0] === '$float32' || keys[0] === '$float64') && Array.isArray(own)) return listKeys[keys[0]].from(own as number[]);
  return value;
}

/** Properties that are undefined are left out, as JSON does. */
export const writeExactJson = (value: unknown): string => JSON.stringify(value, toPlain);

/** @throws SyntaxError where the text is no JSON */
export const readExactJson = (text: string): unknown => JSON.parse(text, fromPlain);
