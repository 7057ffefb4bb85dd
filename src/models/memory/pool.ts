/** tfjs' buffer pool as arithmetic: buffers of an exact size are taken again only for that size, and none is given up. Page-safe. */

export class Pool {
  /** Bytes of all buffers ever made: what the device holds. */
  allocated = 0;
  /** Bytes in use now, and at the most. */
  used = 0;
  mostUsed = 0;
  /** The largest single buffer. */
  largest = 0;
  private readonly free = new Map<number, number>();

  take(bytes: number): void {
    const waiting = this.free.get(bytes) ?? 0;
    if (waiting > 0) this.free.set(bytes, waiting - 1);
    else this.allocated += bytes;
    this.used += bytes;
    this.mostUsed = Math.max(this.mostUsed, this.used);
    this.largest = Math.max(this.largest, bytes);
  }

  give(bytes: number): void {
    this.free.set(bytes, (this.free.get(bytes) ?? 0) + 1);
    this.used -= bytes;
  }
}
