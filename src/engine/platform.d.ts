/** What every host of JavaScript has and the language's own library does not type: Node, browsers and their workers. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  /** A byte order mark at the start is dropped, unless it is to be kept. */
  constructor(encoding?: 'utf-8', options?: { readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
