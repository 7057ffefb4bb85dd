/** Finds the software Vulkan driver (SwiftShader) that Chromium brings, for programs in Node that have no GPU. Needs no package. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

const folders = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
];
const file = 'vk_swiftshader_icd.json';

function folderOf(program) {
  try {
    return path.dirname(realpathSync(program));
  } catch {
    return null;
  }
}

/**
 * Environment variables under which a new process computes on SwiftShader, or null where none is found. The loader library lies beside the driver,
 * because a machine without GPU often has none of its own.
 */
export function softwareVulkan(environment = process.env) {
  const chosen = environment.VK_ICD_FILENAMES;
  if (chosen && /swiftshader|lvp/.test(chosen) && existsSync(chosen)) return {};
  const own = environment.CHROMIUM_PATH ? folderOf(environment.CHROMIUM_PATH) : null;
  const folder = [own, ...folders].find((candidate) => candidate && existsSync(path.join(candidate, file)));
  if (!folder) return null;
  return { VK_ICD_FILENAMES: path.join(folder, file), LD_LIBRARY_PATH: [folder, environment.LD_LIBRARY_PATH].filter(Boolean).join(':') };
}
