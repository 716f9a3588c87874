/** Structurally VS Code's, so that one fits the other. */
export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Twenty lines of VS Code's EventEmitter: a listener added twice is called twice. */
export class Emitter<T> implements Disposable {
  #listeners: readonly { readonly call: (value: T) => void }[] = [];

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    this.#listeners = [...this.#listeners, entry];
    return { dispose: () => (this.#listeners = this.#listeners.filter((other) => other !== entry)) };
  };

  fire(value: T): void {
    for (const { call } of this.#listeners) call(value);
  }

  dispose(): void {
    this.#listeners = [];
  }
}
