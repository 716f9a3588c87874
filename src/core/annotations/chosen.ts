import type { Edit } from '../edits';
import type { SenseId, Span } from '../model';
import {
  CANDIDATE,
  CANDIDATE_FIELDS,
  EVIDENCE_KINDS,
  NO_PARTS,
  type PackedAnnotation,
  packedAnnotation,
  WORD,
  WORD_FIELDS,
} from './packed';
import { lowest } from '../util/search';

/** The sense that a reader chose for a word. */
export interface ChosenSense extends Span {
  readonly sense: SenseId;
}

/** The chosen words that overlap a span. @param chosen in text order, without overlap */
export function chosenWithin(chosen: readonly ChosenSense[], { start, end }: Span): readonly ChosenSense[] {
  const first = lowest(chosen.length, (i) => chosen[i]!.end > start);
  let past = first;
  while (past < chosen.length && chosen[past]!.start < end) past++;
  return chosen.slice(first, past);
}

/** Chosen senses after an edit. One whose word the edit touches is dropped, as the word may be another now. */
export function movedChosen(chosen: readonly ChosenSense[], edit: Edit): readonly ChosenSense[] {
  return chosen.flatMap((word) => {
    const span = edit.untouched(word);
    return span ? [{ ...word, ...span }] : [];
  });
}

/**
 * Annotations with the chosen senses in the place of the predicted ones. A chosen word that was read as something else, such
 * as a part of a longer unit, has its own annotation instead.
 * @param chosen in text order
 * @param within the span that `annotations` are all annotations of
 * @param asChosen makes the annotation of a chosen word from the predicted annotation, where there is one
 */
export function withChosen<One extends Span>(
  annotations: One[],
  chosen: readonly ChosenSense[],
  within: Span,
  asChosen: (word: ChosenSense, predicted: One | undefined) => One,
): One[] {
  let result = annotations;
  for (const word of chosenWithin(chosen, within)) {
    const predicted = result.find(({ start, end }) => start === word.start && end === word.end);
    const rest = result.filter(({ start, end }) => end <= word.start || start >= word.end);
    const place = lowest(rest.length, (k) => rest[k]!.start >= word.end);
    result = [...rest.slice(0, place), asChosen(word, predicted), ...rest.slice(place)];
  }
  return result;
}

/** The annotation with the chosen sense first; the other candidates follow in the order of their ranks. */
export function chosenAnnotation(
  { start, end, sense }: ChosenSense,
  predicted: PackedAnnotation | undefined,
): PackedAnnotation {
  const rows = predicted ? rowsOf(predicted) : [];
  const highest = Math.max(0, ...rows.map((row) => row[CANDIDATE.score]!));
  const ranked = rows.find((row) => row[CANDIDATE.sense] === sense);
  const others = rows.filter((row) => row !== ranked);
  const first = ranked ?? new Float32Array(CANDIDATE_FIELDS);
  first[CANDIDATE.sense] = sense;
  first[CANDIDATE.score] = highest;
  first[CANDIDATE.probability] = 1;
  first[CANDIDATE.evidence] = EVIDENCE_KINDS.indexOf('chosen');
  const candidates = new Float32Array((1 + others.length) * CANDIDATE_FIELDS);
  [first, ...others].forEach((row, i) => candidates.set(row, i * CANDIDATE_FIELDS));
  const words = new Int32Array(WORD_FIELDS);
  words[WORD.end] = end - start;
  words[WORD.count] = 1 + others.length;
  words[WORD.contextAlone] = -1;
  words[WORD.polysemous] = 1;
  return packedAnnotation({ words, candidates, parts: NO_PARTS }, 0, start);
}

function rowsOf({ reading, index, candidateCount }: PackedAnnotation): Float32Array[] {
  const first = reading.words[index * WORD_FIELDS + WORD.first]!;
  return Array.from({ length: candidateCount }, (_, i) =>
    reading.candidates
      .slice((first + i) * CANDIDATE_FIELDS, (first + i + 1) * CANDIDATE_FIELDS)
      // A word with one sense was compared with nothing, so its numbers are NaN.
      .map((value) => (Number.isNaN(value) ? 0 : value)),
  );
}
