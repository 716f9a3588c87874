/** So wide that nobody scrolls sideways, and narrow enough to read. */
export const LINE_WIDTH = 100;

/** Text broken at spaces into lines of at most LINE_WIDTH, each indented; a longer word keeps a line of its own. */
export function wrapText(text: string, indent = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each) => `${' '.repeat(indent)}${each}`).join('\n');
}
