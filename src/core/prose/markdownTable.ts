/** A Markdown table of plain text: whatever a cell holds, it is shown as it is, and makes no link, code or markup. */
export interface TableColumn {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
}

export function tableHead(columns: readonly TableColumn[]): string {
  const rule = columns.map(({ isNumber }) => (isNumber ? '--:' : '---')).join(' | ');
  return `${tableRow(columns.map(({ title }) => title))}| ${rule} |\n`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(' | ')} |\n`;
}

/** Escapes what means something within a line, and no more: the source is read as well. */
function escapeCell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~>@$]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&');
}
