export declare function initialImports(dist: string, entry?: string): { file: string; bytes: number; content: string }[];
