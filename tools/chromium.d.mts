/** Types of chromium.mjs for the configuration files that are TypeScript. */
export declare const quietFlags: string[];
export declare const gpuFlags: string[];
export declare const softwareGpuFlags: string[];
export declare const testFlags: string[];
export declare function findChromium(options?: { install?: boolean }): Promise<string | null>;
