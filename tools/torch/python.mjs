/** A Python that has PyTorch, where the machine has one. */
import { spawnSync } from 'node:child_process';

/** Path of the interpreter, or null. `TORCH_PYTHON` is asked first. */
export function findTorchPython() {
  const candidates = [process.env.TORCH_PYTHON, 'python3', '/usr/bin/python3'].filter((name) => name);
  return candidates.find((python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0) ?? null;
}
