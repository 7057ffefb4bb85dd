/** Asks the browser, when a training starts, not to clear what is kept here when the disk runs full. It may say no: nothing depends on it. */
export function askToPersist(): void {
  // Pages served without TLS have no such manager.
  const storage = navigator.storage as StorageManager | undefined;
  void storage
    ?.persisted?.()
    .then((already) => already || storage.persist())
    .catch(() => false);
}
