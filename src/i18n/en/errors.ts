/** English sentences for everything that can go wrong: what happened, and what to do about it. */
import type { ErrorCode } from '../../lib/errors.ts';

interface Sentence {
  readonly message: string;
  readonly remedy: string;
}

export const errors = {
  'empty-file': { message: 'The file is empty.', remedy: 'Export it again from its source; it should hold one line per bar.' },
  'not-text': {
    message: 'This file is not text, so it holds no table that can be read.',
    remedy: 'Excel, Parquet, Feather and the like: export the K-lines as CSV (time, open, high, low, close, volume) and choose that file.',
  },
  'image-file': {
    message: 'This is an image ({{kind}}), not a table of bars.',
    remedy: 'A chart picture holds no prices. Export the K-lines as CSV and choose that file.',
  },
  'json-file': {
    message: 'This is JSON, not CSV.',
    remedy: 'Convert it to CSV with one bar per line: time, open, high, low, close, volume.',
  },
  'archive-file': {
    message: 'This is a packed or binary file ({{kind}}), not text.',
    remedy: 'Unpack it, or export it as CSV, and choose that file.',
  },
  'not-a-table': {
    message: 'No table of bars was found in this file (looked from line {{line}}).',
    remedy: 'It needs one line per bar, the same delimiter throughout, with time, open, high, low and close.',
  },
  'no-time-column': {
    message: 'No column holds the time of the bars. Columns found: {{columns}}.',
    remedy: 'Name it “time” or “date” (时间), or put it first.',
  },
  'missing-columns': {
    message: 'These columns are missing: {{columns}}. Found in line {{line}}: {{found}}.',
    remedy: 'The file needs open, high, low and close. Name them in the first line, in English or Chinese.',
  },
  'tick-data': {
    message: 'These are ticks (single trades or quotes), not bars.',
    remedy: 'Export bars (for example 1 minute) with open, high, low and close.',
  },
  'unreadable-time': {
    message: 'The time “{{value}}” in line {{line}} cannot be read.',
    remedy: 'Use for example 2024-01-31 09:30, 2024.01.31 09:30, or seconds or milliseconds since 1970.',
  },
  'too-few-bars': {
    message: 'There are too few bars: {{bars}} where at least {{needed}} are needed.',
    remedy: 'Load a longer history, or shorten the sequence length or the horizon.',
  },
  'reading-cancelled': { message: 'Reading was cancelled.', remedy: 'What was loaded before is still here.' },
  'no-data': { message: 'No data is loaded.', remedy: 'Open the place Data and choose a file, or try the sample.' },
  'invalid-setting': {
    message: 'The setting {{path}} cannot be “{{value}}”.',
    remedy: 'It takes: {{range}}.',
  },
  'unknown-setting': {
    message: 'There is no setting {{path}}.',
    remedy: 'Known here: {{known}}.',
  },
  'one-class-only': {
    message: 'All training windows carry the same label, so there is nothing to tell apart.',
    remedy: 'Choose another label rule, other thresholds, or a longer horizon.',
  },
  'no-windows': {
    message: 'No window is left for the part “{{part}}”.',
    remedy: 'Load more bars, shorten the sequence length, or change the shares, the gap rule or “newest windows only”.',
  },
  'no-features': { message: 'Every feature is switched off.', remedy: 'Switch on at least one feature in the data settings.' },
  'bad-value': {
    message: 'A value that is not a number came up ({{name}}, line {{line}}).',
    remedy: 'Correct that line in the file, or remove it.',
  },
  'no-webgpu': {
    message: 'This browser offers no WebGPU.',
    remedy: 'Use a current Chrome or Edge on https:// or localhost, with graphics acceleration switched on.',
  },
  'backend-unavailable': {
    message: 'The backend {{backend}} cannot be used here.',
    remedy: 'Another one is used. Check graphics acceleration in the browser and the graphics driver.',
  },
  'self-test-failed': {
    message: 'The self-test found that {{operation}} computes wrongly on {{adapter}}, so the studio switched to {{backend}}.',
    remedy: 'Results stay right but training is slower. Update the graphics driver or try another browser, then reload.',
  },
  'gpu-error': {
    message: 'The GPU reported an error, so the numbers cannot be trusted and the work was ended.',
    remedy: 'Reload the page and try again; if it comes back, open the page with ?kernels=reference or update the graphics driver.',
  },
  'out-of-memory': {
    message: 'The device has not enough memory for this, not even for one window at a time.',
    remedy: 'Close other programs and tabs that use the GPU, choose a smaller preset, or a shorter sequence.',
  },
  'device-lost': {
    message: 'The connection to the GPU was lost.',
    remedy: 'A driver restart or a sleeping machine does this. Try again; if it comes back, reload the page or update the graphics driver.',
  },
  'not-finite': {
    message:
      '{{quantity}} became {{seen}} ({{part}}, epoch {{epoch}}, step {{step}}). The run was ended and its last good weights were kept.',
    remedy: 'Lower the learning rate, or keep gradient clipping on.',
  },
  'zero-read': {
    message:
      'The GPU gave nothing but zeros ({{part}}, epoch {{epoch}}, step {{step}}), so it no longer computed. The run was ended and its last good weights were kept.',
    remedy: 'Train again from this run. If it comes back, update the graphics driver or open the page with ?kernels=reference.',
  },
  busy: { message: 'A training is under way.', remedy: 'Stop it or wait for its end, then try again.' },
  'unknown-window': { message: 'No whole window ends at this bar.', remedy: 'Choose a later bar.' },
  'unknown-run': { message: 'This run is no longer here.', remedy: 'Choose another one from the list.' },
  'no-base': {
    message: 'There is no base for the PEFT model yet: {{reason}}.',
    remedy:
      'Choose a file, train a Transformer of the same width, heads, blocks and feed-forward width, or let the base be pre-trained first.',
  },
  'base-mismatch': {
    message: 'The base {{source}} does not fit: its {{name}} is {{value}}, the PEFT model has {{wanted}}.',
    remedy: 'Set the same sizes and features in both, or choose another base.',
  },
  'invalid-weights': {
    message: 'These weights do not fit: {{reason}}.',
    remedy: 'Choose the weight file of a run with the same model and sizes.',
  },
  'invalid-pack': {
    message: 'The file cannot be opened as a run: {{reason}}.',
    remedy:
      'Nothing was changed. Choose a run pack (.zip) or weights (.safetensors) that the studio wrote, and copy it anew if it was damaged on its way.',
  },
  'file-too-large': {
    message: 'As {{format}} this model would take {{bytes}} bytes, and that format ends at {{limit}}.',
    remedy: 'Download it as safetensors, which has no such limit.',
  },
  'other-base': {
    message: 'These heads belong to another base: they name {{wanted}}, and {{source}} is {{found}}.',
    remedy: 'Choose the base that they were trained on: the full weight file of the same run, or the run or file its base came from.',
  },
  'storage-failed': {
    message: '{{operation}}: {{reason}}.',
    remedy: 'Free some disk space, or allow this page to store data. Download the weights before closing the page.',
  },
  'invalid-checkpoint': {
    message: 'The kept run cannot go on: {{reason}}.',
    remedy: 'Discard it and start anew. Runs that have ended are not affected.',
  },
  'run-elsewhere': {
    message: 'Another tab of the studio is training this run.',
    remedy: 'Go to that tab, or watch the training here.',
  },
  'worker-failed': {
    message: 'The engine behind the page stopped.',
    remedy: 'Reload the page and choose the file again.',
  },
  unexpected: {
    message: 'Something unexpected happened: {{message}}',
    remedy: 'Try again. If it comes back, reload the page; the technical detail below helps whoever looks into it.',
  },
} satisfies Record<ErrorCode, Sentence>;
