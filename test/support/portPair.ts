import type { Port } from '../../src/protocol/port';

/** The two ends of a line within this thread: messages are cloned and arrive later, as they do between processes. */
export function portPair<A, B>(): [Port<A, B>, Port<B, A>] {
  const ends = [new End(), new End()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return ends as unknown as [Port<A, B>, Port<B, A>];
}

class End implements Port<unknown, unknown> {
  other!: End;
  #closed = false;
  readonly #onMessage: ((message: unknown) => void)[] = [];
  readonly #onClosed: ((reason: Error) => void)[] = [];

  post(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    if (this.#closed) return;
    const cloned = structuredClone(message, { transfer: [...transfer] });
    setImmediate(() => this.other.#onMessage.forEach((listener) => listener(cloned)));
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage.push(listener);
  }

  onClosed(listener: (reason: Error) => void): void {
    this.#onClosed.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = this.other.#closed = true;
    const reason = new Error('The line is closed.');
    // After what was posted before it.
    setImmediate(() => {
      for (const end of [this.other, this]) end.#onClosed.forEach((listener) => listener(reason));
    });
  }
}
