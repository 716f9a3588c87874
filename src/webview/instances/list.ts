import type { PanelSort, PanelUse } from '../../protocol/instancesPanel';

/** What of a use is compared, made once a word. */
interface SortKeys {
  /** The context's words from the keyword outwards. */
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** In lower case, for the filter. */
  readonly text: string;
}

export interface Listing {
  readonly sort: PanelSort;
  /** Turns the sort's usual direction about. */
  readonly reversed: boolean;
  readonly filter: string;
  readonly hiddenSenses: ReadonlySet<number>;
  /** Only these uses, where a lasso was drawn. */
  readonly lasso: ReadonlySet<number> | null;
}

/** A row of the list: a use, or the heading of a group. */
export type Row =
  | { readonly kind: 'use'; readonly use: number }
  | { readonly kind: 'group'; readonly sense: number; readonly uses: number };

export interface UseList {
  /** The uses that pass the filters, in order. */
  list(listing: Listing): number[];
}

/** @param asked the use that the others are compared with: it leads when sorted by similarity */
export function createUseList(uses: readonly PanelUse[], asked: number, language: string): UseList {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const keys = uses.map(({ left, keyword, right }): SortKeys => {
    const [before, after] = [wordsOf(left).reverse(), wordsOf(right)];
    return { left: before, right: after, text: collapse(`${left}${keyword}${right}`).toLowerCase() };
  });
  const byWords = (side: 'left' | 'right') => (a: number, b: number) =>
    compareWords(keys[a]![side], keys[b]![side], collator);
  const byPosition = (a: number, b: number): number =>
    uses[a]!.document - uses[b]!.document || uses[a]!.position - uses[b]!.position || a - b;
  const rank = (use: number): number | null => (use === asked ? Infinity : uses[use]!.similarity);
  const orders: Readonly<Record<PanelSort, (a: number, b: number) => number>> = {
    position: byPosition,
    left: byWords('left'),
    right: byWords('right'),
    sense: (a, b) => uses[a]!.sense - uses[b]!.sense,
    similarity: (a, b) => highestFirst(rank(a), rank(b)),
    probability: (a, b) => highestFirst(uses[a]!.probability, uses[b]!.probability),
  };
  return {
    list: ({ sort, reversed, filter, hiddenSenses, lasso }) => {
      const sought = collapse(filter).trim().toLowerCase();
      const sign = reversed ? -1 : 1;
      return keys
        .map((_, use) => use)
        .filter(
          (use) =>
            !hiddenSenses.has(uses[use]!.sense) &&
            (!lasso || lasso.has(use)) &&
            keys[use]!.text.includes(sought),
        )
        .sort((a, b) => sign * orders[sort](a, b) || byPosition(a, b));
    },
  };
}

/** Rows for the uses of a list; in groups, the list's order holds within each sense. */
export function rowsOf(listed: readonly number[], uses: readonly PanelUse[], grouped: boolean): Row[] {
  const rowOf = (use: number): Row => ({ kind: 'use', use });
  if (!grouped) return listed.map(rowOf);
  const bySense = new Map<number, number[]>();
  for (const use of listed) {
    const { sense } = uses[use]!;
    const group = bySense.get(sense);
    if (group) group.push(use);
    else bySense.set(sense, [use]);
  }
  return [...bySense]
    .sort(([a], [b]) => a - b)
    .flatMap(([sense, group]) => [
      { kind: 'group' as const, sense, uses: group.length },
      ...group.map(rowOf),
    ]);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
}

/** As the page shows it: white space of any kind is one space. */
function collapse(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function compareWords(a: readonly string[], b: readonly string[], collator: Intl.Collator): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const order = collator.compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function highestFirst(a: number | null, b: number | null): number {
  const [first, second] = [a ?? -Infinity, b ?? -Infinity];
  return first === second ? 0 : second - first;
}
