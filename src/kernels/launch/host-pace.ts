/** Whether JavaScript itself was held up: what it then measured of the device is its own delay. */

const everyMs = 100;
/** A turn later than this is a standstill. */
const lateMs = 250;

let turnAt = Number.NaN;
let stoodStillAt = Number.NEGATIVE_INFINITY;

function turn(): void {
  const now = performance.now();
  if (now - turnAt > lateMs) stoodStillAt = now;
  turnAt = now;
}

/** Whether the host was held up at any time since `since` (`performance.now()`). Begins to watch with the first call, which says yes. */
export function hostStoodStill(since: number): boolean {
  if (Number.isNaN(turnAt)) {
    turnAt = performance.now();
    // In Node it must not keep the process alive.
    (setInterval(turn, everyMs) as { unref?: () => void }).unref?.();
    return true;
  }
  turn();
  return stoodStillAt >= since;
}
