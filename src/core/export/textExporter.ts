import { wholePercent } from '../senses/probability';
import type { Evidence } from '../senses/nearest';
import type { DocumentAbstention, DocumentAnnotation, DocumentSource } from './document';
import type { Exporter, ExportOptions } from './exporter';

/** Writes one line per polysemous word, for a terminal. */
export function createTextExporter(
  { file }: Pick<DocumentSource, 'file'>,
  { all, isOneOfSeveral }: ExportOptions,
): Exporter {
  return {
    head: isOneOfSeveral ? `${file}\n` : '',
    part({ annotations, abstentions }) {
      const shown = all ? annotations : annotations.filter(({ polysemous }) => polysemous);
      return [
        ...shown.map((annotation) => ({ start: annotation.start, text: annotationText(annotation) })),
        ...(all ? abstentions : []).map((one) => ({ start: one.start, text: abstentionText(one) })),
      ]
        .sort((a, b) => a.start - b.start)
        .map(({ text }) => text)
        .join('');
    },
    tail: () => '',
  };
}

/**
 * The line of a word: place, word, sense key, probability, cosine, margin, gloss. Where frequency decided, an indented line has the
 * sense that context alone would choose.
 */
function annotationText(annotation: DocumentAnnotation): string {
  const { line, column, text, cosine, margin, probability, evidence, contextAlone } = annotation;
  const { key, gloss } = annotation.sense;
  const columns = [
    `${line}:${column}`.padEnd(8),
    oneLine(text).padEnd(16),
    key.padEnd(26),
    cosine === undefined
      ? 'only sense       '
      : `${wholePercent(probability!)}% `.padStart(4) + `${decimals(cosine)} +${decimals(margin ?? 0)}`,
    `${gloss}  [${evidenceText(evidence)}]`,
  ];
  const lines = [columns.join('  ')];
  if (contextAlone) {
    const other = contextAlone.sense;
    lines.push(
      `${' '.repeat(10)}context alone: ${other.key} ${decimals(contextAlone.cosine)} ${other.gloss}; with frequency: ${key}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function abstentionText({ line, column, text, reason }: DocumentAbstention): string {
  return `${`${line}:${column}`.padEnd(8)}  ${text.padEnd(16)}  (${reason})\n`;
}

function evidenceText(evidence: Evidence): string {
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

/** A text on one line: a multiword unit may run over two lines of the document. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
