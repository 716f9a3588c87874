import type { AskedWord } from './asked';

/** What the view keeps for us while it is hidden, or the window closed. */
export interface Memory {
  readonly uri: string;
  readonly offset: number;
}

export function memoryText({ document, span }: AskedWord): string {
  const memory: Memory = { uri: document.uri.toString(), offset: span.start };
  return JSON.stringify(memory);
}

/** @param state the view's, which an older version may have left */
export function memoryOf(state: unknown): Memory | undefined {
  const text = (state as { readonly memory?: unknown } | undefined)?.memory;
  if (typeof text !== 'string') return undefined;
  try {
    const { uri, offset } = JSON.parse(text) as Partial<Memory>;
    if (typeof uri === 'string' && Number.isInteger(offset) && offset! >= 0) return { uri, offset: offset! };
  } catch {
    // No JSON of ours.
  }
  return undefined;
}
