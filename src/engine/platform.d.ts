/** Types that Node, browsers and workers all have and that the engine needs beyond those of `core/platform.d.ts`. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  /** Drops a byte order mark at the start, unless `ignoreBOM` is true. */
  constructor(encoding?: 'utf-8', options?: { readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
