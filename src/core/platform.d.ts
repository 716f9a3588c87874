/** Types that Node, browsers and workers all have, and that TypeScript's library of the bare language lacks. */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
