import { cpus } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { type Basis, writeBetweenMarkers } from '../../src/research/scripts/markers';

export const root = path.resolve(__dirname, '..', '..');

/** One table, and the document in docs/ that shows it, if there is one. */
export interface Report {
  readonly name: string;
  readonly document?: 'words.md' | 'encoder.md' | 'editor.md' | 'instances.md';
  /** What the figures depend on; by default the kind of encoder, as time and memory do. */
  readonly basis?: Basis;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A note under the table: what was measured on. */
  readonly note: string;
}

export function machine(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} threads, Node ${process.version}`;
}

export async function toMarkdown({ header, rows, note }: Report): Promise<string> {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '--:'));
  const table = [header, rule, ...rows].map(line).join('\n');
  return format(`${table}\n\n${note} ${machine()}.\n`, { parser: 'markdown', printWidth: 110 });
}

export async function write(report: Report): Promise<void> {
  if (!report.document) return;
  const file = path.join(root, 'docs', report.document);
  writeBetweenMarkers(file, `table:${report.name}`, await toMarkdown(report), report.basis ?? 'encoder');
}
