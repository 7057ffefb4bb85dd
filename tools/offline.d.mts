import type { Plugin } from 'vite';
export declare const offline: Plugin;
export declare const serviceWorker: (files: readonly string[], version: string) => string;
