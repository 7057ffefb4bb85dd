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
  open(): void;
  passed(): Promise<void>;
}

export function createGate(): Gate {
  let waiting: PromiseWithResolvers<void> | null = null;
  return {
    close: () => {
      waiting ??= Promise.withResolvers<void>();
    },
    open: () => {
      waiting?.resolve();
      waiting = null;
    },
    passed: async () => {
      await waiting?.promise;
    },
  };
}
