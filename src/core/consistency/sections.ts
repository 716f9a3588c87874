/**
 * Where the sections of a Markdown text begin: at each heading, `#` or underlined, that is not in a code fence. Yields for each
 * line, so that a caller can pause. It looks at lines instead of parsing the text: a start that is a line off changes no warning.
 */
export function* sectionStarts(text: string): Generator<number | undefined> {
  let fence: string | undefined;
  /** The line before this one, if an underline would make a heading of it. */
  let paragraph: { readonly start: number; readonly end: number } | undefined;
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && fence === undefined) fence = mark;
    else if (fence !== undefined && mark?.startsWith(fence)) fence = undefined;
    const isProse = fence === undefined && mark === undefined;
    const isUnder = paragraph && /^(?:\r\n?|\n)$/.test(text.slice(paragraph.end, start));
    if (isProse && /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line)) yield start;
    else if (isProse && isUnder && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line)) yield paragraph!.start;
    else yield undefined;
    const end = start + line.length;
    paragraph = isProse && /^ {0,3}[^\s#>|=-]/.test(line) ? { start, end } : undefined;
  }
}
