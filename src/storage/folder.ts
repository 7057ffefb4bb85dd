/** A flat folder of files, in the browser's private file system (`private-files.ts`) or in memory. */

export interface Folder {
  /** The file's bytes from `start` to `end` (by default all); null where there is no such file. */
  read(name: string, start?: number, end?: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Bytes of the file; null where there is none. */
  size(name: string): Promise<number | null>;
  /** Replaces the file. A write that is cut off may leave any part of it. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** A folder that lives as long as the worker. */
export function memoryFolder(): Folder {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    read: async (name, start, end) => files.get(name)?.slice(start, end) ?? null,
    size: async (name) => files.get(name)?.length ?? null,
    write: async (name, bytes) => {
      files.set(name, bytes.slice());
    },
    remove: async (name) => {
      files.delete(name);
    },
    names: async () => [...files.keys()],
  };
}
