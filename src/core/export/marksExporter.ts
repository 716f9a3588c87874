import type { DocumentAbstention, DocumentAnnotation, DocumentSource } from './document';
import type { Exporter } from './exporter';

/** What is written below a line of the text: a mark under a word and what it says of it. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly sign: '^' | '.' | '~';
  readonly note: string;
}

/**
 * The text itself, and below each line what was read in it: a line of `^` and key and probability for each word, of `.` for each
 * word of a unit, of `~` for all words that were left out for one reason. A word over two lines is marked in the first.
 */
export function createMarksExporter({ text }: Pick<DocumentSource, 'text'>): Exporter {
  /** What the next line to write begins with. */
  let reached = 0;
  let marks: Mark[] = [];

  /** Writes lines up to the one that holds an offset: what comes later has no mark in them. */
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
      // A tab in the text is one below it, so that the marks stand under their words.
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
