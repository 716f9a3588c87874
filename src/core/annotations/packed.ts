import type { SenseId, Span } from '../model';
import type { SenseInventory } from '../ports';
import type { Evidence } from '../senses/nearest';
import { lowest } from '../util/search';
import type { Annotation, RankedCandidate } from './annotation';
import { type Doubt, DOUBTS } from './doubt';

/**
 * The annotations of one stretch of a document as numbers: a novel has a hundred thousand annotations, which cross processes
 * and fill a store without being parsed, at 24 bytes a candidate. Glosses and lemmas are looked up when they are shown.
 */
export interface PackedReading extends Span {
  /** Words x WORD_FIELDS, in text order; offsets are relative to `start`. */
  readonly words: Int32Array;
  /** Candidates x CANDIDATE_FIELDS; a word's stand together, best first. */
  readonly candidates: Float32Array;
  /** The words in multiword units, in the columns of `words`. A part belongs to the unit whose span it lies in. */
  readonly parts: Int32Array;
}

/** `parts` of a reading without multiword units. */
export const NO_PARTS = new Int32Array(0);

/** The tables of a reading, without its span. */
type Tables = Pick<PackedReading, 'words' | 'candidates' | 'parts'>;

/** Columns of `words`. */
export const WORD = {
  start: 0,
  end: 1,
  first: 2,
  count: 3,
  contextAlone: 4,
  polysemous: 5,
  doubt: 6,
} as const;
export const WORD_FIELDS = 7;
/** Columns of `candidates`; every id and count stays far below 2^24, so a 32-bit float holds it exactly. */
export const CANDIDATE = { sense: 0, cosine: 1, score: 2, probability: 3, evidence: 4, uses: 5 } as const;
export const CANDIDATE_FIELDS = 6;

export const EVIDENCE_KINDS = [
  'none',
  'average',
  'related',
  'gloss',
  'trained',
  'taught',
  'chosen',
] as const satisfies readonly Evidence['kind'][];

/**
 * Packs the annotations of a stretch.
 * @param stretch the span that was read: these annotations replace all earlier ones in it
 * @param annotations in text order, offsets in the document
 */
export function packReading(stretch: Span, annotations: readonly Annotation[]): PackedReading {
  const inUnits = annotations.flatMap(({ parts = [] }) => parts);
  const size = [...annotations, ...inUnits].reduce(
    (sum, annotation) => sum + Math.max(1, annotation.candidates.length),
    0,
  );
  const candidates = new Float32Array(size * CANDIDATE_FIELDS);
  let next = 0;
  const pack = (annotation: Annotation, rows: Int32Array, i: number): void => {
    const packed = annotation.candidates.length > 0 ? annotation.candidates : [onlyCandidate(annotation)];
    const at = i * WORD_FIELDS;
    rows[at + WORD.start] = annotation.start - stretch.start;
    rows[at + WORD.end] = annotation.end - stretch.start;
    rows[at + WORD.first] = next;
    rows[at + WORD.count] = packed.length;
    rows[at + WORD.contextAlone] = packed.findIndex(({ sense }) => sense === annotation.contextAlone?.sense);
    rows[at + WORD.polysemous] = annotation.polysemous ? 1 : 0;
    rows[at + WORD.doubt] = packedDoubt(annotation.doubt);
    for (const { sense, cosine, score, probability, evidence } of packed) {
      const row = next++ * CANDIDATE_FIELDS;
      candidates[row + CANDIDATE.sense] = sense;
      candidates[row + CANDIDATE.cosine] = cosine;
      candidates[row + CANDIDATE.score] = score;
      candidates[row + CANDIDATE.probability] = probability;
      candidates[row + CANDIDATE.evidence] = EVIDENCE_KINDS.indexOf(evidence.kind);
      candidates[row + CANDIDATE.uses] = 'uses' in evidence ? evidence.uses : 0;
    }
  };
  const table = (some: readonly Annotation[]): Int32Array => {
    const rows = new Int32Array(some.length * WORD_FIELDS);
    some.forEach((annotation, i) => pack(annotation, rows, i));
    return rows;
  };
  return { ...stretch, words: table(annotations), parts: table(inUnits), candidates };
}

/** A doubt as a number: 0 is none. */
export function packedDoubt(doubt: Doubt | undefined): number {
  return doubt === undefined ? 0 : DOUBTS.indexOf(doubt) + 1;
}

/** The doubt that `packedDoubt` gave as a number. */
export function unpackedDoubt(number: number): Doubt | undefined {
  return DOUBTS[number - 1];
}

/** The sense of a monosemous word as a candidate; its numbers are NaN, as it was compared with nothing. */
function onlyCandidate({ sense, lemma, partOfSpeech, evidence }: Annotation): RankedCandidate {
  return { sense, lemma, partOfSpeech, evidence, cosine: NaN, score: NaN, probability: NaN };
}

/** One word of a packed reading, and where it stands in the document. */
export interface PackedAnnotation extends Span {
  readonly polysemous: boolean;
  readonly sense: SenseId;
  /** `NaN` for a monosemous word. */
  readonly cosine: number;
  /** Score of the sense minus the runner-up's; `NaN` without a runner-up. */
  readonly margin: number;
  /** `NaN` for a monosemous word. */
  readonly probability: number;
  readonly doubt: Doubt | undefined;
  /** How many senses were compared; 1 for a monosemous word. */
  readonly candidateCount: number;
  readonly evidence: Evidence['kind'];
  readonly reading: Tables;
  readonly index: number;
}

/** The `index`-th word of a reading whose first offset stands at `base` in the document. */
export function packedAnnotation(reading: Tables, index: number, base: number): PackedAnnotation {
  const { words, candidates } = reading;
  const at = index * WORD_FIELDS;
  const row = words[at + WORD.first]! * CANDIDATE_FIELDS;
  const candidateCount = words[at + WORD.count]!;
  return {
    start: base + words[at + WORD.start]!,
    end: base + words[at + WORD.end]!,
    polysemous: words[at + WORD.polysemous] === 1,
    sense: candidates[row + CANDIDATE.sense]!,
    cosine: candidates[row + CANDIDATE.cosine]!,
    margin:
      candidateCount > 1
        ? candidates[row + CANDIDATE.score]! - candidates[row + CANDIDATE_FIELDS + CANDIDATE.score]!
        : NaN,
    probability: candidates[row + CANDIDATE.probability]!,
    doubt: unpackedDoubt(words[at + WORD.doubt]!),
    candidateCount,
    evidence: EVIDENCE_KINDS[candidates[row + CANDIDATE.evidence]!]!,
    reading,
    index,
  };
}

/** The part of a multiword unit that stands at an offset: the annotation of that word without the unit. */
export function packedPartAt(unit: PackedAnnotation, offset: number): PackedAnnotation | undefined {
  const { words, parts, candidates } = unit.reading;
  const base = unit.start - words[unit.index * WORD_FIELDS + WORD.start]!;
  const reading: Tables = { words: parts, candidates, parts: NO_PARTS };
  const count = parts.length / WORD_FIELDS;
  const first = lowest(count, (i) => base + parts[i * WORD_FIELDS + WORD.end]! >= offset);
  const found = first < count ? packedAnnotation(reading, first, base) : undefined;
  return found && found.start <= offset && unit.start <= found.start && found.end <= unit.end
    ? found
    : undefined;
}

/** The candidates of a word, best first, without lemma and gloss; `uses` as in their evidence. */
export function packedCandidates({
  reading: { words, candidates },
  index,
  candidateCount,
}: PackedAnnotation): { readonly sense: SenseId; readonly probability: number; readonly uses: number }[] {
  const first = words[index * WORD_FIELDS + WORD.first]!;
  return Array.from({ length: candidateCount }, (_, i) => {
    const row = (first + i) * CANDIDATE_FIELDS;
    return {
      sense: candidates[row + CANDIDATE.sense]!,
      probability: candidates[row + CANDIDATE.probability]!,
      uses: candidates[row + CANDIDATE.uses]!,
    };
  });
}

/**
 * The annotation in full.
 * @param text the word as the reader sees it
 */
export function unpackAnnotation(
  packed: PackedAnnotation,
  text: string,
  inventory: SenseInventory,
): Annotation {
  const { start, end, polysemous, cosine, margin, probability, doubt, reading, index } = packed;
  const at = index * WORD_FIELDS;
  const first = reading.words[at + WORD.first]!;
  const candidates = Array.from({ length: packed.candidateCount }, (_, i) =>
    unpackCandidate(reading.candidates, first + i, inventory),
  );
  const best = candidates[0]!;
  const contextAlone = candidates[reading.words[at + WORD.contextAlone]!];
  return {
    start,
    end,
    text,
    lemma: best.lemma,
    partOfSpeech: best.partOfSpeech,
    sense: best.sense,
    polysemous,
    cosine: polysemous ? cosine : undefined,
    margin: Number.isNaN(margin) ? undefined : margin,
    probability: polysemous ? probability : undefined,
    doubt,
    evidence: best.evidence,
    candidates: polysemous ? candidates : [],
    ...(contextAlone ? { contextAlone } : {}),
  };
}

function unpackCandidate(values: Float32Array, index: number, inventory: SenseInventory): RankedCandidate {
  const row = index * CANDIDATE_FIELDS;
  const sense = values[row + CANDIDATE.sense]!;
  const kind = EVIDENCE_KINDS[values[row + CANDIDATE.evidence]!]!;
  const uses = values[row + CANDIDATE.uses]!;
  return {
    sense,
    lemma: inventory.lemma(sense),
    partOfSpeech: inventory.partOfSpeech(sense),
    cosine: values[row + CANDIDATE.cosine]!,
    score: values[row + CANDIDATE.score]!,
    probability: values[row + CANDIDATE.probability]!,
    evidence: kind === 'gloss' || kind === 'none' || kind === 'chosen' ? { kind } : { kind, uses },
  };
}
