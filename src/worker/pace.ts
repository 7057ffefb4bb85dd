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

/**
 * A door that training passes between steps. Steps are under way when a pause is asked for: the door closes once they have been told, so
 * that what is shown while paused is what was done, and one more step is one more.
 */
export interface Gate {
  /** Asks for a pause; the door closes at the next `settled`. */
  close(): void;
  /** Nothing is under way. @returns whether the door is closed now */
  settled(): boolean;
  /** A pause was asked for, and steps may still be under way. */
  closing(): boolean;
  /** While a pause is asked for or held: lets one more step through. @returns whether it was held, so that it goes on only now */
  openForOne(): boolean;
  /** Steps are to be waited for one by one: a pause is near, or one step was asked for. */
  single(): boolean;
  open(): void;
  passed(): Promise<void>;
}

export function createGate(): Gate {
  let mode: 'open' | 'closing' | 'closed' | 'one' = 'open';
  /** Steps asked for while another was on its way. */
  let wanted = 0;
  let waiting: Promise<void> | null = null;
  let release: () => void = () => {};
  const shut = (): void => {
    mode = 'closed';
    waiting = new Promise((resolve) => {
      release = resolve;
    });
  };
  const leave = (next: 'open' | 'one'): void => {
    mode = next;
    waiting = null;
    release();
  };
  return {
    close: () => {
      if (mode === 'open') mode = 'closing';
    },
    settled: () => {
      if (mode === 'open') return false;
      if (mode === 'closed') return true;
      if (wanted > 0) {
        wanted--;
        mode = 'one';
        return false;
      }
      shut();
      return true;
    },
    closing: () => mode === 'closing',
    openForOne: () => {
      if (mode === 'open') return false;
      if (mode !== 'closed') {
        wanted++;
        return false;
      }
      leave('one');
      return true;
    },
    single: () => mode === 'closing' || mode === 'one',
    open: () => {
      wanted = 0;
      leave('open');
    },
    passed: async () => {
      await waiting;
    },
  };
}
