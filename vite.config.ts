/** Builds the page and its worker as static files that run from any folder, and forbids both to talk to anything but their own origin. */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { offline } from './tools/offline.mjs';
import { headers, policy } from './tools/policy.mjs';

/** The policy as a tag, for servers that send no header. Only in the build: the development server needs inline scripts. */
const policyTag: Plugin = {
  name: 'policy-tag',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
  ],
};

export default defineConfig({
  base: './',
  plugins: [react(), policyTag, offline],
  worker: { format: 'es' },
  build: { target: 'es2023', manifest: true, chunkSizeWarningLimit: 2000 },
  // A worker obeys the header of its own script, not the page's tag.
  preview: { headers },
});
