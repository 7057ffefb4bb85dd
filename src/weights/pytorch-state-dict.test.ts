/** A `state_dict` that PyTorch saved as safetensors, through the project's own Python writer, is taken strictly by the studio's models. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTorchPython } from '../../tools/torch/python.mjs';
import { catalog, modelIds } from '../models/catalog.ts';
import { presetConfig } from '../models/model-spec.ts';
import { stackTensors } from '../models/state-dict.ts';
import { readSafetensors } from './safetensors.ts';

const python = findTorchPython();

/** Writes each model's state_dict and prints the sum of every tensor in float64. */
const save = `
import json, os, sys
sys.path.insert(0, sys.argv[1])
import models, safetensors_io, torch
torch.manual_seed(3)
sums = {}
for model, config in json.loads(sys.argv[3]).items():
    state = models.build(model, config, 16).state_dict()
    safetensors_io.save(os.path.join(sys.argv[2], model), {n: t.numpy() for n, t in state.items()}, {"format": "pt"})
    sums[model] = {n: float(t.double().sum()) for n, t in state.items()}
print(json.dumps(sums))
`;

test.skipIf(python === null)('every tensor of all five models finds its place', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-state-'));
  try {
    const configs = Object.fromEntries(modelIds.map((id) => [id, presetConfig(catalog[id], 'tiny')]));
    const torch = path.join(import.meta.dirname, '../../tools/torch/twin');
    const sums = JSON.parse(execFileSync(python ?? '', ['-c', save, torch, folder, JSON.stringify(configs)], { encoding: 'utf8' }));
    for (const id of modelIds) {
      const { tensors } = readSafetensors(new Uint8Array(readFileSync(path.join(folder, id))).buffer);
      const values = stackTensors(catalog[id].parameters(configs[id] as never, 16), tensors);
      expect(values.size).toBeGreaterThan(0);
      for (const { name, data } of tensors)
        expect(
          data.reduce((sum, value) => sum + value, 0),
          name,
        ).toBeCloseTo(sums[id][name], 4);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
