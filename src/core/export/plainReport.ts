import { wrapFacts, wrapText } from '../prose/wrap';
import type { DocumentAnnotation, DocumentCandidate } from './document';
import type { Exporter } from './exporter';
import type { ReportStrings } from './reportStrings';

/** What a gloss is indented by, below the line of its word. */
const INDENT = 6;

/**
 * Plain text to read from the top, by eye or ear: a line with place, word, part of speech, probability, cosine and doubt; below it
 * the gloss and, at its end where it is out of the way, the key; below that the runner-up, and what context alone says where
 * frequency decided.
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
      const own = [strings.runnerUp, strings.cosine(second.cosine)];
      if (margin !== undefined) own.push(strings.margin(margin));
      if (isSecondByContext) own.push(strings.contextAlone);
      lines.push(rival(own, second));
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

/** Paragraphs above a report, and a blank line. */
export function headerText(header: readonly string[]): string {
  return `${header.map((paragraph) => wrapText(paragraph)).join('\n\n')}\n`;
}

/** The word as written, and its lemma where that is another. */
export function nameOf({ text, lemma }: DocumentAnnotation): string {
  const [word, name] = [text.replace(/\s+/g, ' '), lemma.replaceAll('_', ' ')];
  return word.toLowerCase() === name ? word : `${word} (${name})`;
}
