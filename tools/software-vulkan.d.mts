/** Types of `software-vulkan.mjs`. */
export declare function softwareVulkan(environment?: NodeJS.ProcessEnv): Record<string, string> | null;
