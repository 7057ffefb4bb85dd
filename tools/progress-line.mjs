/** A line of progress on stderr: rewritten in place on a terminal, a new line every few seconds elsewhere. */

/** Returns `{ show(text), end() }`. */
export function createProgressLine(stream = process.stderr, everyMs = 5000) {
  let shown = '';
  let last = 0;
  return {
    show(text) {
      if (text === shown) return;
      if (stream.isTTY) {
        shown = text;
        stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 120) - 1)}`);
      } else if (Date.now() - last >= everyMs) {
        shown = text;
        last = Date.now();
        stream.write(`${text}\n`);
      }
    },
    end() {
      if (stream.isTTY && shown) stream.write('\r\u001b[K');
      shown = '';
    },
  };
}
