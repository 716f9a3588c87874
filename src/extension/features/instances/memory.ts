import type { ShownUses } from './shownUses';

/** What the page keeps for the extension while it is hidden, or the window closed. */
export interface Memory {
  readonly uri: string;
  readonly offset: number;
  /** The word's number and how many uses it had; 0 where an older version remembered neither. */
  readonly number: number;
  readonly uses: number;
}

export function memoryText({ number, asked, uses }: ShownUses): string {
  const { document, span } = asked;
  const memory: Memory = {
    uri: document.uri.toString(),
    offset: span.start,
    number,
    uses: uses.length,
  };
  return JSON.stringify(memory);
}

/** @param state kept by the page, maybe by an older version */
export function memoryOf(state: unknown): Memory | undefined {
  const text = (state as { readonly memory?: unknown } | undefined)?.memory;
  if (typeof text !== 'string') return undefined;
  try {
    const { uri, offset, number, uses } = JSON.parse(text) as Partial<Memory>;
    if (typeof uri === 'string' && isCount(offset)) {
      return { uri, offset, number: isCount(number) ? number : 0, uses: isCount(uses) ? uses : 0 };
    }
  } catch {
    // Not JSON: nothing is remembered.
  }
  return undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
