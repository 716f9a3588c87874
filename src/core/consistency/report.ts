import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';
import { headerText } from '../export/plainReport';
import { tableHead, tableRow } from '../prose/markdownTable';
import type { Place } from '../prose/place';
import { wrapText } from '../prose/wrap';
import { CONSISTENCY_CODE, type ConsistencyWarning } from './warnings';

/** A warning with the word as written, and where all its words stand. */
export interface ConsistencyFinding extends Place {
  readonly warning: ConsistencyWarning;
  readonly text: string;
  readonly cited: readonly Place[];
  readonly alike: readonly Place[];
}

/** The findings of one document. */
export interface DocumentFindings {
  readonly file: string;
  readonly findings: readonly ConsistencyFinding[];
}

/** What a message is made of. */
export interface ConsistencyMessage {
  readonly word: string;
  /** Glosses, cut short. */
  readonly here: string;
  readonly elsewhere: string;
  readonly majority: number;
  readonly total: number;
  /** Is the sense here in doubt? Even then it is sure that the sense is another than elsewhere. */
  readonly isDoubtful: boolean;
}

/** The texts of a report in the reader's language, apart from what WordNet and the document say. */
export interface ConsistencyStrings {
  message(message: ConsistencyMessage): string;
  /** How many of how many uses have the other sense. */
  count(majority: number, total: number): string;
  readonly here: string;
  readonly elsewhere: string;
  /** Above the places of further uses in the sense here. */
  readonly alike: string;
  readonly none: string;
  readonly columns: Readonly<
    Record<'file' | 'place' | 'word' | 'here' | 'elsewhere' | 'uses' | 'places', string>
  >;
}

export function messageOf(
  { warning, text }: Pick<ConsistencyFinding, 'warning' | 'text'>,
  inventory: SenseInventory,
): ConsistencyMessage {
  const { sense, elsewhere, majority, total, isDoubtful } = warning;
  const gloss = (id: SenseId): string => inventory.describe(id).gloss;
  const short = [shortGloss(gloss(sense)), shortGloss(gloss(elsewhere))];
  // Two glosses may begin alike.
  const [here, other] = short[0] === short[1] ? [gloss(sense), gloss(elsewhere)] : short;
  return {
    word: text.replace(/\s+/g, ' '),
    here: here!,
    elsewhere: other!,
    majority,
    total,
    isDoubtful,
  };
}

/** A gloss shortened for a message: its first part without brackets, cut between words. */
export function shortGloss(gloss: string): string {
  const plain = gloss
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const first = (plain.split(/[;:]/, 1)[0] ?? '').trim() || gloss.trim();
  if (first.length <= LONGEST_GLOSS) return first;
  const cut = first.slice(0, LONGEST_GLOSS - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))} …`;
}
const LONGEST_GLOSS = 60;

/** Glosses are indented below the line of their word. */
const INDENT = 6;

/** Plain text to read from the top, by eye or ear: file by file, each finding with both senses and all its places. */
export function consistencyText(
  header: readonly string[],
  documents: readonly DocumentFindings[],
  inventory: SenseInventory,
  strings: ConsistencyStrings,
): string {
  const sense = (id: SenseId): string => `${inventory.describe(id).gloss} [${inventory.key(id)}]`;
  const places = (words: readonly Place[]): string => words.map(placeText).join(', ');
  const part = ({ warning, text, line, column, cited, alike }: ConsistencyFinding): string => {
    const { sense: here, elsewhere, majority, total } = warning;
    const lines = [
      `${placeText({ line, column })}  ${text.replace(/\s+/g, ' ')}`,
      wrapText(`${strings.here}: ${sense(here)}`, INDENT),
      wrapText(
        `${strings.elsewhere} (${strings.count(majority, total)}): ${sense(elsewhere)} ${places(cited)}`,
        INDENT,
      ),
    ];
    if (alike.length > 0) lines.push(wrapText(`${strings.alike}: ${places(alike)}`, INDENT));
    return `${lines.join('\n')}\n`;
  };
  const found = documents.filter(({ findings }) => findings.length > 0);
  const body = found.map(({ file, findings }) => `${file}\n\n${findings.map(part).join('\n')}`);
  return `${headerText(header)}\n${body.length > 0 ? body.join('\n') : `${strings.none}\n`}`;
}

/** A Markdown table; glosses and document text are escaped, as they may hold anything. */
export function consistencyMarkdown(
  documents: readonly DocumentFindings[],
  inventory: SenseInventory,
  strings: ConsistencyStrings,
): string {
  const { columns } = strings;
  const gloss = (id: SenseId): string => inventory.describe(id).gloss;
  const titles = ['file', 'place', 'word', 'here', 'elsewhere', 'uses', 'places'] as const;
  const rows = documents.flatMap(({ file, findings }) =>
    findings.map(({ warning, text, line, column, cited }) =>
      tableRow([
        file,
        placeText({ line, column }),
        text,
        gloss(warning.sense),
        gloss(warning.elsewhere),
        strings.count(warning.majority, warning.total),
        cited.map(placeText).join(', '),
      ]),
    ),
  );
  return tableHead(titles.map((name) => ({ title: columns[name] }))) + rows.join('');
}

/** One object for a document, as `glossight check --format json` prints it (docs/formats.md). */
export function consistencyJson(
  { file, findings }: DocumentFindings,
  inventory: SenseInventory,
  strings: Pick<ConsistencyStrings, 'message'>,
): object {
  return {
    file,
    warnings: findings.map((finding) => {
      const { warning, text, line, column } = finding;
      const { start, end, lemma, partOfSpeech, sense, elsewhere, majority, total } = warning;
      const placed = (words: readonly Place[], spans: ConsistencyWarning['cited']): object[] =>
        words.map((place, i) => ({ start: spans[i]!.start, end: spans[i]!.end, ...place }));
      return {
        code: CONSISTENCY_CODE,
        message: strings.message(messageOf(finding, inventory)),
        start,
        end,
        line,
        column,
        text,
        lemma,
        tag: partOfSpeech,
        sense: inventory.key(sense),
        elsewhere: inventory.key(elsewhere),
        uses: { elsewhere: majority, all: total },
        cited: placed(finding.cited, warning.cited),
        alike: placed(finding.alike, warning.alike),
      };
    }),
  };
}

export function placeText({ line, column }: Place): string {
  return `${line}:${column}`;
}
