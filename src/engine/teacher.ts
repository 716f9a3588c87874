import {
  createTermFinder,
  type Embedder,
  embedWords,
  type EmbeddingRequest,
  keepTerms,
  type LanguagePack,
  type LayerRule,
  type Lesson,
  type NumberedSense,
  type Paragraph,
  PARTS_OF_SPEECH,
  type ProjectInventory,
  projectKey,
  projectLemma,
  readProse,
  type SenseKey,
  sourceSpan,
  type Span,
  type TaughtRanker,
} from '../core';
import type { Teaching } from '../protocol/encoder';

export interface TeacherDeps extends Embedder {
  readonly inventory: ProjectInventory;
  readonly pack: LanguagePack;
  readonly layer: LayerRule;
  readonly ranker: TaughtRanker;
}

/** Brings lessons and senses of the project to ranker and inventory. */
export interface Teacher {
  /**
   * Sets all senses of the project and all lessons; they replace the earlier ones.
   * @returns a test that tells whether a paragraph's annotations may change by that
   */
  teach(teaching: Teaching): Promise<(paragraph: Paragraph) => boolean>;
}

/** A use of a sense to learn from: one word of a passage, which needs a vector. */
interface Use {
  readonly key: SenseKey;
  readonly kind: 'correction' | 'example' | 'gloss';
  readonly request: EmbeddingRequest;
}

/** The uses to learn from that one sense of the project or one lesson gives. */
interface Taught {
  readonly lemma: string | undefined;
  readonly uses: readonly (Use & { readonly vector: Float32Array | undefined })[];
}

export function createTeacher(deps: TeacherDeps): Teacher {
  const { inventory, pack, ranker, layer } = deps;
  /** What was taught, by the JSON of its sense or lesson: after one more correction only that correction has to be embedded. */
  let known: ReadonlyMap<string, Taught> = new Map();

  /** The lemma of a sense; `undefined` if the inventory lacks the sense, so that no word can have it. */
  function lemmaOf(key: SenseKey): string | undefined {
    const sense = inventory.find(key);
    return sense === undefined ? undefined : inventory.lemma(sense);
  }

  /** The request to embed one word of a passage as it would be embedded in a document; `undefined` if it is not in its prose. */
  function requestFor({ passage, start, end, format }: Omit<Lesson, 'sense'>): EmbeddingRequest | undefined {
    for (const paragraph of readProse(passage, format)) {
      const word = textSpan(paragraph, { start, end });
      if (!word) continue;
      const { text } = paragraph;
      return {
        text,
        sentences: keepTerms(pack.tagger.tag(text), inventory.terms(text), text),
        words: [word],
      };
    }
    return undefined;
  }

  /** The uses of a sense in its examples; without an example, its definition serves as one. */
  function usesOf(sense: NumberedSense): readonly Use[] {
    const key = projectKey(sense, pack);
    const lemma = projectLemma(sense, pack);
    const examples = sense.examples.flatMap((passage): Use[] => {
      const span = occurrence(passage, sense, lemma, inventory);
      const request = span && requestFor({ passage, ...span, format: 'plain' });
      return request ? [{ key, kind: 'example', request }] : [];
    });
    if (examples.length > 0) return examples;
    const passage = `${sense.word}: ${sense.definition}`;
    const request = requestFor({ passage, start: 0, end: sense.word.length, format: 'plain' });
    return request ? [{ key, kind: 'gloss', request }] : [];
  }

  function usesOfLesson(lesson: Lesson): readonly Use[] {
    const request = requestFor(lesson);
    return request ? [{ key: lesson.sense, kind: 'correction', request }] : [];
  }

  return {
    async teach({ senses, lessons }) {
      inventory.take(senses);
      const wanted = [
        ...senses.map((sense) => ({
          name: JSON.stringify(sense),
          lemma: projectLemma(sense, pack),
          find: () => usesOf(sense),
        })),
        ...lessons.map((lesson) => ({
          name: JSON.stringify(lesson),
          lemma: lemmaOf(lesson.sense),
          find: () => usesOfLesson(lesson),
        })),
      ];
      const fresh = wanted
        .filter(({ name }) => !known.has(name))
        .map(({ name, lemma, find }) => ({ name, lemma, uses: find() }));
      const vectors = await embedWords(
        fresh.flatMap(({ uses }) => uses.map(({ request }) => request)),
        layer,
        deps,
      );
      const read = new Map<string, Taught>();
      let next = 0;
      for (const { name, lemma, uses } of fresh) {
        read.set(name, { lemma, uses: uses.map((use) => ({ ...use, vector: vectors[next++]![0] })) });
      }
      const now = new Map(
        wanted.map(({ name, lemma }) => [name, { lemma, uses: (read.get(name) ?? known.get(name)!).uses }]),
      );
      const taught = [...now.values()].flatMap(({ uses }) =>
        uses.flatMap(({ key, kind, vector }) => {
          const sense = inventory.find(key);
          return sense === undefined || !vector ? [] : [{ sense, vector, kind, isGloss: kind === 'gloss' }];
        }),
      );
      ranker.teach(
        taught.filter(({ kind }) => kind === 'correction'),
        // A correction to a sense of the project also counts as an example of the sense.
        taught.filter(({ sense, kind }) => kind !== 'correction' || inventory.isOwn(sense)),
      );
      const changed = [
        ...read.values(),
        ...[...known].filter(([name]) => !now.has(name)).map(([, before]) => before),
      ].flatMap(({ lemma }) => lemma ?? []);
      known = now;
      return concerns(changed, inventory);
    },
  };
}

/**
 * Tests whether a paragraph has a form of one of the lemmas. Of a multiword lemma only the first word is looked for, except where a
 * tagger may cut it.
 */
function concerns(lemmas: readonly string[], inventory: ProjectInventory): (paragraph: Paragraph) => boolean {
  const first = new Set(lemmas.map((lemma) => lemma.split(/[_-]/, 1)[0]!));
  const isForm = (form: string): boolean =>
    first.has(form) || inventory.lemmas(form).some(({ lemma }) => first.has(lemma.split(/[_-]/, 1)[0]!));
  const finder = createTermFinder(
    lemmas.map((lemma) => ({ word: lemma, lemma, partsOfSpeech: PARTS_OF_SPEECH })),
    inventory.language,
  );
  return ({ text }) =>
    first.size > 0 &&
    (finder.find(text).length > 0 ||
      (text.match(/[\p{L}\p{M}\p{N}'’.]+/gu) ?? []).some((word) =>
        isForm(inventory.language.normalise(word.replace(/\.$/, ''))),
      ));
}

/** Where a word of the source stands in a paragraph's text; `undefined` if it is not in the paragraph. */
function textSpan(paragraph: Paragraph, source: Span): Span | undefined {
  const { text } = paragraph;
  for (let start = 0; start < text.length; start++) {
    if (sourceSpan(paragraph, start, start + 1).start !== source.start) continue;
    for (let end = start + 1; end <= text.length; end++) {
      if (sourceSpan(paragraph, start, end).end >= source.end) return { start, end };
    }
  }
  return undefined;
}

/** The first occurrence of a word in a passage, as it is written or else inflected. */
function occurrence(
  passage: string,
  { word, partOfSpeech }: NumberedSense,
  lemma: string,
  inventory: ProjectInventory,
): Span | undefined {
  const term = { word, lemma, partsOfSpeech: [partOfSpeech] };
  const [written] = createTermFinder([term], inventory.language).find(passage);
  if (written) return written;
  for (const { 0: form, index } of passage.matchAll(/[\p{L}\p{M}\p{N}'’-]+/gu)) {
    if (inventory.lemmas(inventory.language.normalise(form)).some((found) => found.lemma === lemma))
      return { start: index, end: index + form.length };
  }
  return undefined;
}
