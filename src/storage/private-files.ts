/** Folders of the browser's origin-private file system. Works in a worker, where writing is synchronous and flushed to the disk. */
import type { Folder } from './folder.ts';

const rootName = 'kline-studio';

/** What the TypeScript library knows in workers only. */
interface SyncHandle {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type FileHandle = FileSystemFileHandle & { createSyncAccessHandle?(): Promise<SyncHandle> };

const isMissing = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'NotFoundError';

async function writeWhole(handle: FileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!handle.createSyncAccessHandle) {
    const stream = await handle.createWritable();
    await stream.write(bytes);
    return stream.close();
  }
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    const written = access.write(bytes, { at: 0 });
    // A full disk may take a part without throwing.
    if (written !== bytes.length) throw new DOMException(`${written} of ${bytes.length} bytes were taken`, 'QuotaExceededError');
    access.flush();
  } finally {
    access.close();
  }
}

/** @throws DOMException (or TypeError) where the browser has no such file system, or refuses it as private windows do */
export async function openPrivateFolder(name: string): Promise<Folder> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(rootName, { create: true });
  const folder = await root.getDirectoryHandle(name, { create: true });
  const fileOf = async (file: string): Promise<File | null> => {
    try {
      return await (await folder.getFileHandle(file)).getFile();
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw thrown;
    }
  };
  return {
    read: async (file, start, end) => {
      const found = await fileOf(file);
      return found && new Uint8Array(await found.slice(start, end).arrayBuffer());
    },
    size: async (file) => (await fileOf(file))?.size ?? null,
    write: async (file, bytes) => writeWhole(await folder.getFileHandle(file, { create: true }), bytes),
    remove: async (file) => {
      try {
        await folder.removeEntry(file);
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown;
      }
    },
    names: async () => {
      const names: string[] = [];
      for await (const [entry, handle] of folder.entries()) if (handle.kind === 'file') names.push(entry);
      return names;
    },
  };
}
