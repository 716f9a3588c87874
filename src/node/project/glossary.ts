import { parse } from 'csv-parse/sync';
import type { Language, ProjectSense } from '../../core';
import {
  collectSenses,
  type ParsedSenses,
  parseSenses,
  type SenseFields,
  senseOf,
  type SenseProblem,
} from './sensesFile';

/** Glossary formats and their file extensions. */
export const GLOSSARY_FORMATS = {
  yaml: ['yaml', 'yml'],
  csv: ['csv', 'tsv'],
  markdown: ['md', 'markdown'],
} as const;
export type GlossaryFormat = keyof typeof GLOSSARY_FORMATS;

export function glossaryFormatOf(fileName: string): GlossaryFormat | undefined {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return (Object.keys(GLOSSARY_FORMATS) as GlossaryFormat[]).find((format) =>
    (GLOSSARY_FORMATS[format] as readonly string[]).includes(extension),
  );
}

/** Reads the senses of a glossary. An entry that cannot be used becomes a problem with its line; the other entries are used. */
export function parseGlossary(text: string, format: GlossaryFormat, language: Language): ParsedSenses {
  switch (format) {
    case 'yaml':
      return parseSenses(text, language);
    case 'csv':
      return parseTable(text, language);
    case 'markdown':
      return parseDefinitionList(text, language);
  }
}

/** Parses a table with commas, semicolons or tabs between its columns, which the first row names. */
function parseTable(text: string, language: Language): ParsedSenses {
  const found: (ProjectSense | SenseProblem)[] = [];
  const at: number[] = [];
  let columns: readonly string[] | undefined;
  /** Line where the next row begins; the parser only gives the line where a row ends. */
  let line = 1;
  try {
    const head = text.split(/\r?\n/, 1)[0]!;
    const rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a)),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    for (const { record, info } of rows) {
      if (columns) {
        const fields = new Map<string, readonly string[]>();
        columns.forEach((name, i) => {
          const value = record[i] ?? '';
          // Several columns with the same name, such as `example`, give several values.
          if (value !== '') fields.set(name, [...(fields.get(name) ?? []), value]);
        });
        at.push(line);
        found.push(senseOf(fields, line, language));
      } else columns = record.map((name) => name.toLowerCase().replace(/[ _]*\d+$/, ''));
      line = info.lines + 1;
    }
  } catch (error) {
    const { lines, message } = error as Error & { lines?: number };
    found.push({ line: lines ?? line, kind: 'not readable', about: message });
    at.push(line);
  }
  return collectSenses(found, at, language);
}

/**
 * Parses a definition list as in Pandoc and PHP Markdown Extra: a line with the word, then for each definition a line that begins
 * with `: `. A quotation (`>`) below a definition is an example. Other text is ignored.
 */
function parseDefinitionList(text: string, language: Language): ParsedSenses {
  const found: (ProjectSense | SenseProblem)[] = [];
  const at: number[] = [];
  let word = '';
  let open: { readonly line: number; definition: string; readonly examples: string[] } | undefined;
  const close = (): void => {
    if (!open) return;
    const { line, definition, examples } = open;
    const fields: SenseFields = new Map([
      ['word', [word]],
      ['definition', [definition]],
      ['examples', examples],
    ]);
    at.push(line);
    found.push(senseOf(fields, line, language));
    open = undefined;
  };
  text.split(/\r?\n/).forEach((line, i) => {
    const definition = /^ {0,3}[:~]\s+(.*)$/.exec(line)?.[1];
    const example = /^\s*>\s?(.*)$/.exec(line)?.[1];
    if (definition !== undefined) {
      close();
      open = { line: i + 1, definition: plain(definition), examples: [] };
    } else if (open && example !== undefined) open.examples.push(plain(example));
    else if (open && /^\s+\S/.test(line)) open.definition += ` ${plain(line)}`;
    else if (line.trim() !== '') {
      close();
      // A line may be a word if a definition follows; headings, quotations and list items never are.
      word = /^(?:#{1,6}|[>|\-*+]|\d+[.)])\s/.test(line) ? '' : plain(line);
    }
  });
  close();
  return collectSenses(found, at, language);
}

/** Text of Markdown without the marks of emphasis, code and links. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .trim();
}
