/** Lets waiting messages in between two pieces of work. Timers would be throttled in hidden tabs; a message channel is not. */

/** Resolves after everything already posted to this worker was handled. */
export function messagesHandled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A door that training passes between steps: open, or closed while paused. */
export interface Gate {
  close(): void;
  /** Opens for one step, where it was closed; it is to be closed again behind that step. @returns whether it was closed */
  openForOne(): boolean;
  /** Opened for one step. */
  single(): boolean;
  open(): void;
  passed(): Promise<void>;
}

/** `Promise.withResolvers`, which Node 20 has not. */
function closedDoor() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export function createGate(): Gate {
  let waiting: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  let one = false;
  const open = (): void => {
    waiting?.resolve();
    waiting = null;
  };
  return {
    close: () => {
      one = false;
      waiting ??= closedDoor();
    },
    open: () => {
      one = false;
      open();
    },
    openForOne: () => {
      if (!waiting) return false;
      one = true;
      open();
      return true;
    },
    single: () => one,
    passed: async () => {
      await waiting?.promise;
    },
  };
}
