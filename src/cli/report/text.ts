import { type Annotation, type Evidence, type SenseId, type SenseInventory, wholePercent } from '../../core';

/** Line and column (both from 1) of ascending offsets. */
export function lineLocator(
  text: string,
): (offset: number) => { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let next = text.indexOf('\n', lineStart);
      next >= 0 && next < offset;
      next = text.indexOf('\n', lineStart)
    ) {
      line++;
      lineStart = next + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}

/**
 * One polysemous word in one line: place, word, sense key, probability, cosine, margin, gloss; then, indented, what
 * context alone would choose where frequency decided.
 */
export function annotationText(
  annotation: Annotation,
  place: { readonly line: number; readonly column: number },
  inventory: SenseInventory,
): string {
  const { text, sense, cosine, margin, probability, evidence, contextAlone } = annotation;
  const glossOf = (id: SenseId): string => inventory.describe(id).gloss;
  const key = inventory.key(sense);
  const columns = [
    `${place.line}:${place.column}`.padEnd(8),
    oneLine(text).padEnd(16),
    key.padEnd(26),
    cosine === undefined
      ? 'only sense       '
      : `${wholePercent(probability!)}% `.padStart(4) + `${decimals(cosine)} +${decimals(margin ?? 0)}`,
    `${glossOf(sense)}  [${evidenceText(evidence)}]`,
  ];
  const lines = [columns.join('  ')];
  if (contextAlone) {
    const { sense: other, cosine: otherCosine } = contextAlone;
    lines.push(
      `${' '.repeat(10)}context alone: ${inventory.key(other)} ${decimals(otherCosine)} ${glossOf(other)}; with frequency: ${key}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'average':
      return evidence.uses === 1 ? 'one tagged use' : `average of ${evidence.uses} tagged uses`;
    case 'trained':
      return `trained, ${evidence.uses} tagged ${evidence.uses === 1 ? 'use' : 'uses'}`;
    case 'related':
      return `from related senses (${evidence.uses} tagged uses)`;
    case 'gloss':
      return 'from the gloss only';
    case 'taught':
      return evidence.uses === 1 ? 'raised by one correction' : `raised by ${evidence.uses} corrections`;
    case 'chosen':
      return 'chosen by the reader';
    case 'none':
      return 'no vector';
  }
}

function decimals(value: number): string {
  return value.toFixed(2);
}

/** A hard-wrapped multiword unit stays on its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
