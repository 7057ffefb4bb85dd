/** English texts about the device that computes. */
export const device = {
  starting: 'Starting the engine…',
  backend: 'Backend',
  adapter: 'Adapter',
  speed: '{{value}} bars/s',
  memory: 'Memory',
  memoryHelp: 'Bytes that the training holds on the device.',
  features: 'Features',
  tiles: 'Tiles of the heavy kernels',
  tilesChosen: {
    register: 'in registers (timed on a 256³ product: {{register}} ms, workgroup memory {{workgroup}} ms)',
    workgroup: 'in workgroup memory (timed on a 256³ product: {{workgroup}} ms, registers {{register}} ms)',
  },
  referenceNote: '{{operation}}: too large for a kernel here, computed by reference operations (slower)',
  maxBinding: 'Largest buffer in one binding',
  unknownAdapter: 'adapter not named by the browser',
  softwareTitle: 'WebGPU runs on the CPU here',
  softwareBody:
    'The browser offers only a software adapter ({{adapter}}), so training is tens to hundreds of times slower than on a graphics card. On a machine with a GPU: switch on “Use graphics acceleration when available” in the browser settings, update the graphics driver, and restart the browser. Here, the preset “Tiny” keeps it bearable.',
  webglTitle: 'No WebGPU: training on WebGL',
  webglBody:
    'It works, but slower. Use a current Chrome or Edge (Linux: start it with --enable-unsafe-webgpu --enable-features=Vulkan), open the page over https:// or localhost, and update the graphics driver.',
  cpuTitle: 'No GPU: training on the CPU',
  cpuBody:
    'This is very slow, good only for the preset “Tiny”. Use a current Chrome or Edge with graphics acceleration switched on, and open the page over https:// or localhost.',
  webglWished: 'Training on WebGL',
  cpuWished: 'Training on the CPU',
  webgpuWished: 'WebGPU',
  requested: 'The address asks for this backend ({{backend}}). Remove “backend=” from it to use the best one.',
};
