/** WebGPU in Node: puts what the package `webgpu` (Dawn) gives where a browser has it. */

interface Dawn {
  readonly create: (options: string[]) => GPU;
  readonly globals: object;
}

/** Loads Dawn into `navigator.gpu` and the global classes. */
export async function openGpu(): Promise<GPU> {
  // Its own types pull in declarations of WebGPU that TypeScript has already.
  const packageName = 'webgpu';
  const { create, globals } = (await import(/* @vite-ignore */ packageName)) as Dawn;
  Object.assign(globalThis, globals);
  const gpu = create([]);
  // Newer Nodes have a `navigator` that cannot be assigned.
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
  return gpu;
}

/** What the system's own driver offers. */
export async function findAdapterKind(): Promise<'gpu' | 'software' | 'none'> {
  const gpu = await openGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'none';
  return /swiftshader|llvmpipe|lavapipe/i.test(`${adapter.info.architecture} ${adapter.info.description}`) ? 'software' : 'gpu';
}
