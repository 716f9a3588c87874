import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';
import { tableHead, tableRow } from '../prose/markdownTable';
import { wrapFacts, wrapText } from '../prose/wrap';
import type { Annotation } from './annotation';
import { annotationJson } from './annotationJson';
import { doubtOf } from './doubt';
import type { ReportStrings } from './reportStrings';

/** An annotation and where it stands; line and column count from 1, as the editor shows them. */
export interface ReportWord {
  readonly line: number;
  readonly column: number;
  readonly annotation: Annotation;
}

/**
 * A report in one format, made a word at a time: that of a novel is put together in pieces.
 * The whole is `head`, each word's part with `separator` between, and `tail`.
 */
export interface ReportFormat {
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
  part(word: ReportWord): string;
}

/** What a gloss is indented by, below the line of its word. */
const INDENT = 6;

/**
 * Plain text to read from the top, by eye or ear: a line with place, word, part of speech, probability, cosine and doubt; below it
 * the gloss and, at its end where it is out of the way, the key; below that the runner-up, and what context alone says where
 * frequency decided.
 * @param header paragraphs above the words
 */
export function plainReport(
  header: readonly string[],
  inventory: SenseInventory,
  strings: ReportStrings,
): ReportFormat {
  const glossOf = (sense: SenseId): string => inventory.describe(sense).gloss;
  const rival = (facts: readonly string[], sense: SenseId): string =>
    wrapText(`${facts.join(', ')}: ${glossOf(sense)}`, INDENT);
  return {
    head: `${headerText(header)}\n`,
    separator: '\n',
    tail: '',
    part({ line, column, annotation }) {
      const { partOfSpeech, sense, cosine, margin, probability, candidates, contextAlone } = annotation;
      const facts = [`${line}:${column}`, nameOf(annotation), strings.partOfSpeech(partOfSpeech)];
      if (probability !== undefined) facts.push(strings.probability(probability));
      facts.push(cosine === undefined ? strings.onlySense : strings.cosine(cosine));
      const doubt = doubtOf(annotation);
      if (doubt) facts.push(strings.doubt(doubt));
      const lines = [
        wrapFacts(facts, INDENT),
        wrapText(`${glossOf(sense)} [${inventory.key(sense)}]`, INDENT),
      ];
      const second = candidates[1];
      if (second) {
        const own = [strings.runnerUp, strings.cosine(second.cosine)];
        if (margin !== undefined) own.push(strings.margin(margin));
        if (contextAlone?.sense === second.sense) own.push(strings.contextAlone);
        lines.push(rival(own, second.sense));
      }
      if (contextAlone && contextAlone.sense !== second?.sense) {
        lines.push(rival([strings.contextAlone, strings.cosine(contextAlone.cosine)], contextAlone.sense));
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

/** A Markdown table; glosses and document text are escaped, as they may hold anything. */
export function markdownReport(inventory: SenseInventory, strings: ReportStrings): ReportFormat {
  const { columns } = strings;
  const glossOf = (sense: SenseId): string => inventory.describe(sense).gloss;
  const number = (value: number | undefined): string => (value === undefined ? '' : strings.number(value));
  return {
    head: tableHead([
      { title: columns.place },
      { title: columns.word },
      { title: columns.partOfSpeech },
      { title: columns.sense },
      { title: columns.key },
      { title: columns.probability, isNumber: true },
      { title: columns.cosine, isNumber: true },
      { title: columns.runnerUp },
      { title: columns.runnerUpCosine, isNumber: true },
      { title: columns.margin, isNumber: true },
      { title: columns.doubt },
    ]),
    separator: '',
    tail: '',
    part({ line, column, annotation }) {
      const { partOfSpeech, sense, cosine, margin, probability, candidates } = annotation;
      const second = candidates[1];
      const doubt = doubtOf(annotation);
      return tableRow([
        `${line}:${column}`,
        nameOf(annotation),
        strings.partOfSpeech(partOfSpeech),
        glossOf(sense),
        inventory.key(sense),
        number(probability),
        number(cosine),
        second ? glossOf(second.sense) : '',
        number(second?.cosine),
        number(margin),
        doubt ? strings.doubt(doubt) : '',
      ]);
    },
  };
}

/** One object as `glossight annotate --format json` prints it, without abstentions (docs/formats.md). */
export function jsonReport(
  source: { readonly file: string; readonly recipe: string; readonly layer: string },
  inventory: SenseInventory,
): ReportFormat {
  const { file, recipe, layer } = source;
  return {
    head: `${JSON.stringify({ file, recipe, layer }).slice(0, -1)},"annotations":[\n`,
    separator: ',\n',
    tail: '\n]}\n',
    part: ({ annotation }) => JSON.stringify(annotationJson(annotation, inventory)),
  };
}

/** Paragraphs above a report, and a blank line. */
export function headerText(header: readonly string[]): string {
  return `${header.map((paragraph) => wrapText(paragraph)).join('\n\n')}\n`;
}

/** The word as written, and its lemma where that is another. */
function nameOf({ text, lemma }: Annotation): string {
  const [word, name] = [text.replace(/\s+/g, ' '), lemma.replaceAll('_', ' ')];
  return word.toLowerCase() === name ? word : `${word} (${name})`;
}
