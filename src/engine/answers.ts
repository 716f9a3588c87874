import {
  CancelledError,
  closenessTo,
  compareVectors,
  componentMap,
  cosine,
  embedWords,
  findUses,
  instanceIn,
  type InstancePlace,
  type InstanceSource,
  type MapPoint,
  mapVectors,
  nearestWords,
  type Paragraph,
  parse,
  randomPairs,
  readableText,
  type ReadingSession,
  sampleTaggedUses,
  type SenseIndex,
  type SenseMap,
  senseStructure,
  type SessionDeps,
  sourceSpan,
  standardise,
  type TaggedSentence,
  type WordUse,
  useAt,
} from '../core';
import type { AnsweredUse, Answers, QuestionKind, Questions, TaggedExample } from '../protocol/questions';
import { UserError } from './userError';

/** How many tagged uses of a sense are sampled from the corpus, and how many of them an answer shows. */
const MOST_SAMPLED = 40;
const MOST_EXAMPLES = 5;

/** Draws unit vectors in two dimensions so that neighbours stay neighbours; the same vectors always give the same points. */
export type NeighbourGraph = (
  vectors: readonly Float32Array[],
  signal?: AbortSignal,
) => Promise<readonly MapPoint[]>;

export interface AnswerDeps extends SessionDeps {
  readonly index: SenseIndex;
  readonly corpus: (() => AsyncIterable<TaggedSentence>) | undefined;
  readonly drawGraph: NeighbourGraph;
}

/** What a question is answered from. */
interface Context {
  readonly sessions: readonly ReadingSession[];
  readonly sources: readonly InstanceSource[];
  readonly versions: readonly number[];
  readonly deps: AnswerDeps;
  readonly signal: AbortSignal | undefined;
}

const ANSWERS: {
  readonly [Kind in QuestionKind]: (question: Questions[Kind], context: Context) => Promise<Answers[Kind]>;
} = {
  uses: ({ senses, asked }, { sessions, sources, deps }) => {
    const uses = findUses(sources, senses);
    const at = asked ? useAt(uses, asked) : -1;
    const closeness = at < 0 ? undefined : closenessTo(uses[at]!, uses);
    return Promise.resolve({
      documents: sessions.map(({ version, paragraphs }) => ({ version, headings: headingsOf(paragraphs) })),
      encoder: deps.encoder.info.name,
      trained: deps.index.manifest.trained,
      uses: uses.map((use, i) => answeredUse(use, closeness?.[i])),
      asked: at,
    });
  },
  map: async ({ senses, method }, { sources, versions, deps, signal }) => {
    const uses = findUses(sources, senses);
    // Senses that no use has, not even as its rival, get no mark: they would only crowd the picture.
    const near = new Set(uses.flatMap(({ sense, rival }) => [sense, rival]));
    const marked = senses.filter((sense) => near.has(sense));
    const vectors = mapVectors(uses, marked, deps.index);
    const map = componentMap(vectors, senseStructure(uses, vectors.uses));
    return { versions, map: method === 'pca' ? map : await graphMap(vectors, map, deps, signal) };
  },
  comparison: async ({ places }, context) => {
    const { sources, versions, deps } = context;
    const [a, b] = await Promise.all(places.map((place) => vectorsAt(place, context)));
    const comparison = compareVectors(
      a!.vector,
      b!.vector,
      deps.standardisation,
      randomPairs(sources, deps.standardisation),
    );
    return { versions, comparison, static: cosine(a!.type, b!.type) };
  },
  evidence: async ({ place, senses }, context) => {
    const { versions, deps, signal } = context;
    const { vector } = await vectorsAt(place, context);
    // The corpus is a text file, tagged with sense keys.
    const keys = senses.map((sense) => deps.inventory.key(sense));
    const sample = sampleTaggedUses(keys, MOST_SAMPLED);
    if (deps.corpus === undefined)
      throw new UserError('There is no tagged text to show.', 'Reinstall Glossight.');
    for await (const sentence of deps.corpus()) {
      if (signal?.aborted) throw new CancelledError();
      sample.add(sentence);
    }
    const standard = standardise(vector, deps.standardisation);
    const answered = [];
    for (const key of keys) {
      const { total, uses } = sample.of(key);
      const examples = await nearestExamples(standard, uses, deps, signal);
      answered.push({ tagged: total, examples });
    }
    return { versions, senses: answered };
  },
  neighbours: ({ place, senses, count }, { sources, versions }) => {
    const source = sources[place.document];
    const query = source && instanceIn(source, place);
    const nearest = query ? nearestWords(query, sources, senses, count) : [];
    return Promise.resolve({
      versions,
      neighbours: nearest.map(({ use, similarity }) => answeredUse(use, { similarity, closerThan: NaN })),
    });
  },
};

/**
 * Answers a question about open documents.
 * @param sessions the reading sessions of the documents that the question is about, in its order; `undefined` if closed
 * @throws CancelledError, also when a document is closed; UserError
 */
export async function answer<Kind extends QuestionKind>(
  kind: Kind,
  question: Questions[Kind],
  sessions: readonly (ReadingSession | undefined)[],
  deps: AnswerDeps,
  signal?: AbortSignal,
): Promise<Answers[Kind]> {
  const open = sessions.filter((session) => session !== undefined);
  if (open.length < sessions.length) throw new CancelledError();
  const sources = open.map((session, document) => ({ document, paragraphs: [...session.instances()] }));
  const versions = open.map(({ version }) => version);
  return ANSWERS[kind](question, { sessions: open, sources, versions, deps, signal });
}

function answeredUse(
  { document, start, end, sense, rival, probability, cosine, doubt }: WordUse,
  { similarity, closerThan } = { similarity: NaN, closerThan: NaN },
): AnsweredUse {
  return { document, start, end, sense, rival, probability, cosine, doubt, similarity, closerThan };
}

function headingsOf(paragraphs: readonly Paragraph[]): { title: string; start: number; end: number }[] {
  return paragraphs
    .filter(({ kind }) => kind === 'heading')
    .map(({ text, source: { start, end } }) => ({ title: text, start, end }));
}

/** The map by a neighbour graph instead of principal components; the structure of the senses is the same in both. */
async function graphMap(
  { uses, senses }: ReturnType<typeof mapVectors>,
  map: SenseMap,
  { drawGraph }: AnswerDeps,
  signal: AbortSignal | undefined,
): Promise<SenseMap> {
  const known = uses.filter((vector) => vector !== undefined);
  const points = await drawGraph([...known, ...senses.map(({ vector }) => vector)], signal);
  let next = 0;
  return {
    ...map,
    points: uses.map((vector) => vector && points[next++]),
    marks: senses.map(({ sense }, i) => ({ sense, ...points[known.length + i]! })),
    explained: undefined,
  };
}

/**
 * Raw vectors of the word at a place: in its context, and its static type vector, without context.
 * @throws CancelledError when there is no longer a word at the place
 */
async function vectorsAt(
  { document, start, end }: InstancePlace,
  { sessions, deps, signal }: Context,
): Promise<{ readonly vector: Float32Array; readonly type: Float32Array }> {
  const paragraph = sessions[document]?.paragraphs.find(
    ({ source }) => source.start <= start && end <= source.end,
  );
  if (!paragraph) throw new CancelledError();
  const { sentences, words } = parse(paragraph, [deps]);
  const word = words.find((candidate) => {
    const span = sourceSpan(paragraph, candidate.start, candidate.end);
    return span.start === start && span.end === end;
  });
  if (!word) throw new CancelledError();
  const requests = [{ text: paragraph.text, sentences, words: [word] }];
  const [[vector]] = (await embedWords(requests, deps.layer, deps, signal, true)) as [[Float32Array]];
  const [[type]] = (await embedWords(requests, 'static', deps, signal, true)) as [[Float32Array]];
  return { vector, type };
}

/** @param standard the use's vector, standardised */
async function nearestExamples(
  standard: Float32Array,
  uses: ReturnType<ReturnType<typeof sampleTaggedUses>['of']>['uses'],
  deps: AnswerDeps,
  signal: AbortSignal | undefined,
): Promise<TaggedExample[]> {
  const texts = uses.map(({ sentence, token: at }) => {
    const { text, sentences, instances, words } = readableText([sentence]);
    const before = sentence.tokens.slice(0, at).filter(({ keys }) => keys && keys.length > 0);
    const instance = instances[before.length]!;
    return { text, sentences, word: words[instance.word]!, source: sentence.doc };
  });
  const vectors = await embedWords(
    texts.map(({ text, sentences, word }) => ({ text, sentences, words: [word] })),
    deps.layer,
    deps,
    signal,
    true,
  );
  return texts
    .flatMap(({ text, word, source }, i) => {
      const vector = vectors[i]![0];
      if (!vector) return [];
      const similarity = cosine(standard, standardise(vector, deps.standardisation));
      return [{ text, source, start: word.start, end: word.end, similarity }];
    })
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, MOST_EXAMPLES);
}
