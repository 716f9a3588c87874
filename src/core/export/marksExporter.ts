import type { DocumentAbstention, DocumentAnnotation, DocumentSource } from './document';
import type { Exporter } from './exporter';

/** Signs under a word, and the note that stands behind them on the line below the text. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly sign: '^' | '.' | '~';
  readonly note: string;
}

/**
 * Writes the text itself, and below each of its lines what was read there: for each word a line of `^` with key and probability,
 * for each word inside a unit a line of `.`, and for all abstentions with one reason a line of `~`. A word that runs over two
 * lines is marked in the first.
 */
export function createMarksExporter({ text }: Pick<DocumentSource, 'text'>): Exporter {
  /** Offset of the next line to write. */
  let reached = 0;
  let marks: Mark[] = [];

  /** Writes the lines before the one that holds an offset: all their marks are known. */
  function writeUpTo(offset: number): string {
    const lines: string[] = [];
    for (let end = endOfLine(text, reached); reached < text.length && end <= offset;) {
      const line = { start: reached, end };
      const isOwn = ({ start }: Mark): boolean => start < end;
      lines.push(text.slice(reached, end), ...markLines(text, line, marks.filter(isOwn)));
      marks = marks.filter((mark) => !isOwn(mark));
      reached = end + 1;
      end = endOfLine(text, reached);
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  return {
    head: '',
    part({ annotations, abstentions }) {
      const first = Math.min(annotations[0]?.start ?? Infinity, abstentions[0]?.start ?? Infinity);
      const written = Number.isFinite(first) ? writeUpTo(first) : '';
      marks.push(...annotations.flatMap(annotationMarks), ...abstentions.map(abstentionMark));
      return written;
    },
    tail: () => writeUpTo(Infinity),
  };
}

function annotationMarks(annotation: DocumentAnnotation): Mark[] {
  const mark = ({ start, end, sense, probability }: DocumentAnnotation, sign: Mark['sign']): Mark => {
    const number = probability === undefined ? '' : ` ${probability.toFixed(2)}`;
    return { start, end, sign, note: `${sense.key}${number}` };
  };
  return [mark(annotation, '^'), ...(annotation.parts ?? []).map((part) => mark(part, '.'))];
}

function abstentionMark({ start, end, reason, of }: DocumentAbstention): Mark {
  return { start, end, sign: '~', note: of ? `${reason}: ${of.key}` : reason };
}

function markLines(
  text: string,
  line: { readonly start: number; readonly end: number },
  marks: readonly Mark[],
): string[] {
  const notes = [...new Set(marks.filter(({ sign }) => sign === '~').map(({ note }) => note))];
  const groups = [
    ...marks.filter(({ sign }) => sign !== '~').map((mark) => [mark]),
    ...notes.map((note) => marks.filter((mark) => mark.sign === '~' && mark.note === note)),
  ];
  return groups.map((group) => {
    let below = '';
    let at = line.start;
    for (const { start, end, sign } of group) {
      // A tab in the text is a tab in the line of marks too, so that marks stand under their words.
      below += text.slice(at, start).replace(/[^\t]/g, ' ');
      const from = Math.max(at, start);
      at = Math.max(from, Math.min(end, line.end));
      below += sign.repeat(at - from);
    }
    return `${below} ${group[0]!.note}`;
  });
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
