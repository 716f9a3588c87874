/** A column of a Markdown table; what its cells hold is shown as text, and never as a link, code or markup. */
export interface TableColumn {
  readonly title: string;
  /** Is it a column of numbers, which are aligned on the right? */
  readonly isNumber?: boolean;
}

export function tableHead(columns: readonly TableColumn[]): string {
  const rule = columns.map(({ isNumber }) => (isNumber ? '--:' : '---')).join(' | ');
  return `${tableRow(columns.map(({ title }) => title))}| ${rule} |\n`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(' | ')} |\n`;
}

/** Escapes what is markup within a line and nothing else, as people also read the source. */
function escapeCell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~>@$]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&');
}
