import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTorchPython } from './python.mjs';

const python = findTorchPython();

// Where PyTorch is not installed the committed fixtures are still compared with the studio; only their remaking is skipped.
test.skipIf(python === null)(
  'PyTorch makes the committed fixtures again',
  () => {
    const script = path.join(import.meta.dirname, 'make_fixtures.py');
    const made = spawnSync(python ?? '', [script, '--check'], { encoding: 'utf8' });
    expect(made.stderr).toBe('');
    expect(made.status, made.stdout).toBe(0);
  },
  300_000,
);
