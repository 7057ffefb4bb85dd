/** Tells the page of work that cannot be interrupted, so that its silence is not taken for death. */
import type { Post } from './engine-access.ts';

/** So long such work may take on a slow machine; a worker that says nothing for longer is given up. */
const quietMs = 120_000;

export class Quiet {
  private open = 0;

  constructor(private readonly post: Post) {}

  /** @returns ends the announcement, once */
  begin(): () => void {
    this.open++;
    this.post({ type: 'beat', quietMs });
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.open--;
      if (this.open === 0) this.post({ type: 'beat', quietMs: 0 });
    };
  }
}
