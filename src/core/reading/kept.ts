import type { Edit } from '../edits';
import type { Paragraph } from '../prose/paragraph';

/** The paragraphs that an edit left as they were. */
export interface Kept {
  /** Per paragraph of the new text: its index in the old one, if the edit neither touched nor changed it. */
  readonly origins: readonly (number | undefined)[];
  /**
   * Gaps between two kept paragraphs in which text changed or a paragraph vanished. A gap is named by the index of the
   * paragraph after it (the number of paragraphs for the last gap). Any other gap with a change is beside a new paragraph.
   */
  readonly gaps: ReadonlySet<number>;
}

/**
 * Compares the paragraphs before and after an edit.
 * @param open gaps that earlier edits changed, in the text before this edit: they are returned too if they still are gaps
 */
export function keptParagraphs(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  edit: Edit,
  open: ReadonlySet<number>,
): Kept {
  const origins = new Array<number | undefined>(after.length).fill(undefined);
  /** How many changes are before each kept paragraph, by the paragraph's new index. */
  const passed = new Array<number>(after.length).fill(0);
  let next = 0;
  before.forEach((paragraph, index) => {
    // A change at the paragraph's edge counts, since the word there may be another now.
    if (edit.touches(paragraph.source)) return;
    const count = edit.before(paragraph.source.start);
    const start = paragraph.source.start + edit.distance(count);
    while (next < after.length && after[next]!.source.start < start) next++;
    if (after[next]?.source.start !== start || !isSame(paragraph, after[next]!)) return;
    origins[next] = index;
    passed[next] = count;
    next++;
  });
  const gaps = new Set<number>();
  for (let gap = 0; gap <= after.length; gap++) {
    const left = gap === 0 ? -1 : origins[gap - 1];
    const right = gap === after.length ? before.length : origins[gap];
    if (left === undefined || right === undefined) continue;
    const passedLeft = gap === 0 ? 0 : passed[gap - 1];
    const passedRight = gap === after.length ? edit.changes.length : passed[gap];
    if (right !== left + 1 || passedLeft !== passedRight || open.has(right)) gaps.add(gap);
  }
  return { origins, gaps };
}

function isSame(a: Paragraph, b: Paragraph): boolean {
  if (a.offsets === b.offsets) return true;
  return (
    a.text === b.text &&
    a.kind === b.kind &&
    a.offsets.length === b.offsets.length &&
    a.offsets.every((offset, i) => offset === b.offsets[i]) &&
    a.opaque.length === b.opaque.length &&
    a.opaque.every(({ start, end }, i) => start === b.opaque[i]!.start && end === b.opaque[i]!.end)
  );
}
