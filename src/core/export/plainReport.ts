import { wrapFacts, wrapText } from '../prose/wrap';
import type { DocumentAnnotation, DocumentCandidate } from './document';
import type { Exporter } from './exporter';
import type { ReportStrings } from './reportStrings';

/** Spaces before a gloss, which stands below the line of its word. */
const INDENT = 6;

/**
 * Writes plain text to be read from the top, by eye or ear: for each word a line with place, word, part of speech, probability,
 * cosine and doubt; below it the gloss, followed by the key; below that the runner-up, and where frequency decided, the sense
 * that context alone would choose.
 * @param header paragraphs above the words
 */
export function createPlainReport(header: readonly string[], strings: ReportStrings): Exporter {
  const rival = (facts: readonly string[], { sense }: DocumentCandidate): string =>
    wrapText(`${facts.join(', ')}: ${sense.gloss}`, INDENT);
  const wordText = (annotation: DocumentAnnotation): string => {
    const { line, column, partOfSpeech, cosine, margin, probability, doubt, contextAlone } = annotation;
    const { gloss, key } = annotation.sense;
    const facts = [`${line}:${column}`, nameOf(annotation), strings.partOfSpeech(partOfSpeech)];
    if (probability !== undefined) facts.push(strings.probability(probability));
    facts.push(cosine === undefined ? strings.onlySense : strings.cosine(cosine));
    if (doubt) facts.push(strings.doubt(doubt));
    const lines = [wrapFacts(facts, INDENT), wrapText(`${gloss} [${key}]`, INDENT)];
    const second = annotation.candidates[1];
    const isSecondByContext = second !== undefined && contextAlone?.sense.id === second.sense.id;
    if (second) {
      const facts = [strings.runnerUp, strings.cosine(second.cosine)];
      if (margin !== undefined) facts.push(strings.margin(margin));
      if (isSecondByContext) facts.push(strings.contextAlone);
      lines.push(rival(facts, second));
    }
    if (contextAlone && !isSecondByContext)
      lines.push(rival([strings.contextAlone, strings.cosine(contextAlone.cosine)], contextAlone));
    return `${lines.join('\n')}\n`;
  };
  let before = '';
  return {
    head: `${headerText(header)}\n`,
    part({ annotations }) {
      let text = '';
      for (const annotation of annotations) {
        text += before + wordText(annotation);
        before = '\n';
      }
      return text;
    },
    tail: () => '',
  };
}

/** The paragraphs above a report, followed by a blank line. */
export function headerText(header: readonly string[]): string {
  return `${header.map((paragraph) => wrapText(paragraph)).join('\n\n')}\n`;
}

/** The word as written, with its lemma where the two differ. */
export function nameOf({ text, lemma }: DocumentAnnotation): string {
  const [word, name] = [text.replace(/\s+/g, ' '), lemma.replaceAll('_', ' ')];
  return word.toLowerCase() === name ? word : `${word} (${name})`;
}
