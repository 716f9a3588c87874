/** The same shape as VS Code's `Disposable`, so that either can stand for the other. */
export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Works as VS Code's `EventEmitter`, which the core cannot import: a listener added twice is called twice. */
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
