/** More of what every host has; the core needs less of it (`core/platform.d.ts`). */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  /** A byte order mark at the start is dropped, unless it is to be kept. */
  constructor(encoding?: 'utf-8', options?: { readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
