/**
 * Who may import what: one line per room of `src/`, and one per package that has a place. docs/architecture.md draws the same picture.
 * Paths are relative to `src/`. A room always sees itself; `types` are doors that only `import type` may pass.
 */

/** What the page may know of the worker's side: declarations without engine. */
const pageSafe = [
  /^data\/(fields|dataset|prepared|finding|audit-report|mapping|preview|survey|table-format)\.ts$/,
  /^models\/(catalog|model-spec|parameter)\.ts$/,
  /^models\/[\w-]+\/spec\.ts$/,
  /^models\/memory\/[\w-]+\.ts$/,
  /^kernels\/matmul\/plan\.ts$/,
  /^training\/(fields|job|run|series|settings|attention|metrics|warnings|groups|memory-plan|fit-to-device|prediction|backtest|job-settings|schedule)\.ts$/,
];
const protocol = /^worker\/protocol\.ts$/;

export const rooms = [
  { name: 'lib', files: /^lib\// },
  { name: 'data', files: /^data\//, values: [/^lib\//] },
  { name: 'kernels', files: /^kernels\//, values: [/^lib\//] },
  { name: 'models', files: /^models\//, values: [/^lib\//, /^kernels\//], types: [/^training\/fields\.ts$/] },
  { name: 'training', files: /^training\//, values: [/^lib\//, /^data\//, /^kernels\//, /^models\//] },
  {
    name: 'weights',
    files: /^weights\//,
    values: [/^lib\//, /^training\/groups\.ts$/, /^data\/reading\/sha256\.ts$/],
    types: [/^(training|models|data)\//],
  },
  { name: 'storage', files: /^storage\//, values: [/^lib\//, /^data\/reading\/sha256\.ts$/], types: [/^(training|models|data)\//] },
  { name: 'worker/protocol.ts', files: protocol, types: [/^(lib|data|models|training)\//, /^worker\/summaries\.ts$/] },
  { name: 'worker/client.ts', files: /^worker\/(client|watchdog)\.ts$/, values: [/^lib\//], types: [protocol] },
  { name: 'worker', files: /^worker\//, values: [/^(lib|data|kernels|models|training|weights|storage)\//], types: [protocol] },
  { name: 'i18n', files: /^i18n\//, values: [/^lib\//, ...pageSafe], types: [protocol] },
  { name: 'components', files: /^components\//, values: [/^(lib|i18n)\//, ...pageSafe], types: [protocol] },
  { name: 'store', files: /^store\//, values: [/^(lib|i18n)\//, /^worker\/client\.ts$/, ...pageSafe], types: [protocol] },
  { name: 'features', files: /^features\//, values: [/^(lib|i18n|components|store)\//, ...pageSafe], types: [protocol] },
  { name: 'app', files: /^app\//, values: [/^(lib|i18n|components|store|features)\//, ...pageSafe], types: [protocol] },
  { name: 'main.tsx', files: /^main\.tsx$/, values: [/^(lib|i18n|components|store|features|app)\//] },
];

const page = /^(app|features|components)\/|^main\.tsx$/;

/** Packages that belong to some rooms only; every other package is free, except in `lib`, which imports nothing. */
export const packages = [
  {
    name: /^@tensorflow\//,
    allowed: (file) =>
      /^(kernels|models|training|worker)\//.test(file) &&
      !/^models\/(catalog|fields|model-spec|parameter)\.ts$|\/spec\.ts$|^models\/memory\/|^training\/(fields|job|run|settings|attention|memory-plan|fit-to-device|prediction|backtest|job-settings|schedule)\.ts$/.test(
        file,
      ) &&
      !/^worker\/(protocol|client|watchdog)\.ts$/.test(file),
  },
  { name: /^react(-i18next)?$/, allowed: (file) => page.test(file) || file.startsWith('i18n/') },
  { name: /^(react|react-dom|@mantine|@tabler)(\/|$)|^(recharts|lightweight-charts)$/, allowed: (file) => page.test(file) },
  { name: /^idb$/, allowed: (file) => file.startsWith('storage/') },
  { name: /^node:/, allowed: () => false },
  { name: /./, allowed: (file) => !file.startsWith('lib/') },
];

/** The page's entry: nothing that it reaches by value may be an engine. */
export const pageEntry = 'main.tsx';
export const engine = /^@tensorflow\//;

/** Lines a file may have. */
export const longestFile = 300;
