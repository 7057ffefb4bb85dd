/** Types of python.mjs for the tests that are TypeScript. */
export declare function findTorchPython(): string | null;
