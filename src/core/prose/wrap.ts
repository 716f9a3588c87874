/** Narrow enough to stand beside the text, in half a window of 1280 pixels, without scrolling sideways. */
const LINE_WIDTH = 60;
/** Stands between two facts in a line. */
const GAP = '  ';

/** Text broken at spaces into lines of at most LINE_WIDTH, each indented; a longer word keeps a line of its own. */
export function wrapText(text: string, indent = 0): string {
  const margin = ' '.repeat(indent);
  return fill(text.trim().split(/\s+/), ' ', margin, margin);
}

/** Short facts side by side in lines of at most LINE_WIDTH; all lines but the first are indented. */
export function wrapFacts(facts: readonly string[], indent: number): string {
  return fill(facts, GAP, '', ' '.repeat(indent));
}

function fill(parts: readonly string[], gap: string, first: string, rest: string): string {
  const lines: string[] = [];
  let line: string | undefined;
  for (const part of parts) {
    if (line === undefined) line = first + part;
    else if (line.length + gap.length + part.length > LINE_WIDTH) {
      lines.push(line);
      line = rest + part;
    } else line += gap + part;
  }
  return [...lines, line].join('\n');
}
