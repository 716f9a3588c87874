import type { Sense } from '../model';
import { tableHead, tableRow } from '../prose/markdownTable';
import { wrapFacts, wrapText } from '../prose/wrap';
import type { DocumentAnnotation } from './document';
import { annotationJson, candidateJson } from './jsonExporter';
import { headerText } from './plainReport';
import type { ReportStrings } from './reportStrings';

/** Spaces before a gloss, which stands below the line of its rank. */
const INDENT = 4;

/**
 * Every candidate sense of one word as plain text, best first: evidence, gloss, examples, synonyms, key.
 * @param header paragraphs above the senses
 */
export function senseListText(
  header: readonly string[],
  annotation: DocumentAnnotation,
  strings: ReportStrings,
): string {
  const { candidates, contextAlone, margin } = annotation;
  const best = candidates[0];
  const senses = candidates.map(({ sense, cosine, score, probability, evidence }, i) => {
    const rank = `${i + 1}.`.padEnd(2);
    const facts =
      evidence.kind === 'chosen' ? [rank] : [rank, strings.probability(probability), strings.cosine(cosine)];
    if (i > 0) facts.push(strings.behind(best!.score - score));
    else if (margin !== undefined && evidence.kind !== 'chosen') facts.push(strings.margin(margin));
    facts.push(strings.evidence(evidence));
    const doubt = i === 0 ? annotation.doubt : undefined;
    if (doubt) facts.push(strings.doubt(doubt));
    if (sense.id === contextAlone?.sense.id) facts.push(strings.contextAlone);
    return [wrapFacts(facts, INDENT), ...meaning(sense, strings)].join('\n');
  });
  if (!best) senses.push([strings.onlySense, ...meaning(annotation.sense, strings)].join('\n'));
  return `${headerText(header)}\n${senses.join('\n\n')}\n`;
}

function meaning({ key, gloss, examples, synonyms }: Sense, strings: ReportStrings): string[] {
  const lines = [gloss, ...examples.map((example) => `“${example}”`)];
  if (synonyms.length > 0) lines.push(strings.synonyms(synonyms.join(', ').replaceAll('_', ' ')));
  return [...lines, key].map((line) => wrapText(line, INDENT));
}

export function senseListMarkdown(
  { sense: only, candidates }: DocumentAnnotation,
  strings: ReportStrings,
): string {
  const { columns } = strings;
  const head = tableHead([
    { title: columns.rank, isNumber: true },
    { title: columns.sense },
    { title: columns.key },
    { title: columns.probability, isNumber: true },
    { title: columns.cosine, isNumber: true },
    { title: columns.evidence },
  ]);
  if (candidates.length === 0) return head + tableRow(['1', only.gloss, only.key, '', '', strings.onlySense]);
  const rows = candidates.map(({ sense: { gloss, key }, cosine, probability, evidence }, i) =>
    tableRow([
      `${i + 1}`,
      gloss,
      key,
      strings.number(probability),
      strings.number(cosine),
      strings.evidence(evidence),
    ]),
  );
  return head + rows.join('');
}

/** The annotation as `glossight annotate` prints it, and its candidates, best first (docs/formats.md). */
export function senseListJson(annotation: DocumentAnnotation): string {
  const candidates = annotation.candidates.map((candidate) => ({
    ...candidateJson(candidate),
    evidence: candidate.evidence,
  }));
  return `${JSON.stringify({ ...annotationJson(annotation), candidates }, undefined, 2)}\n`;
}
