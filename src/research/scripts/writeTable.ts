import path from 'node:path';
import { format } from 'prettier';
import { type Basis, writeBetweenMarkers } from './markers';

/** Writes a table between the markers with its name in a page of docs/. The first column is text, the others are numbers. */
export async function writeTable(
  page: 'consistency' | 'evaluation' | 'learning' | 'model',
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  basis: Basis = 'model',
): Promise<void> {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '--:'));
  const table = [header, rule, ...rows].map(line).join('\n');
  writeBetweenMarkers(
    path.join(__dirname, '..', '..', '..', 'docs', `${page}.md`),
    `table:${name}`,
    await format(table, { parser: 'markdown' }),
    basis,
  );
}
