/**
 * Where the sections of a Markdown text begin: at each heading, `#` or underlined, that is not in a code fence. Yields for each
 * line, so that a caller can pause. A look at lines and no parse: a section that begins a line off compares no other words.
 */
export function* sectionStarts(text: string): Generator<number | undefined> {
  let fence: string | undefined;
  /** The line before, if it is text that an underline would make a heading. */
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
