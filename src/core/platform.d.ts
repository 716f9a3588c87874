/** What every host of JavaScript has and the language's own library does not type: Node, browsers and their workers. */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
