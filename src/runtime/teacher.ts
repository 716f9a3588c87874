import {
  type Embedder,
  embedWords,
  type EmbeddingRequest,
  type LayerRule,
  lemmaOfKey,
  type Lesson,
  normaliseForm,
  type NumberedSense,
  type Paragraph,
  type ProjectInventory,
  projectKey,
  projectLemma,
  readProse,
  sourceSpan,
  type Span,
  type Tagger,
  type TaughtRanker,
} from '../core';
import type { Teaching } from '../protocol/encoder';

export interface TeacherDeps extends Embedder {
  readonly inventory: ProjectInventory;
  readonly tagger: Tagger;
  readonly layer: LayerRule;
  readonly ranker: TaughtRanker;
}

/** Brings a reader's corrections and senses to inventory and ranker. */
export interface Teacher {
  /**
   * Takes in all that is to be known, in the place of what was known before.
   * @returns whether a paragraph may read otherwise from now on
   */
  teach(teaching: Teaching): Promise<(paragraph: Paragraph) => boolean>;
}

/** A word in a passage that wants a vector. */
interface Use {
  readonly key: string;
  readonly isExample: boolean;
  readonly isGloss: boolean;
  readonly request: EmbeddingRequest;
}

export function createTeacher(deps: TeacherDeps): Teacher {
  const { inventory, tagger, ranker, layer } = deps;
  /** What was taught, by what it is about, to tell what changed. */
  let known: ReadonlyMap<string, string> = new Map();
  /** Vectors of the uses that are taught at present, by what they were made from: one more costs one. */
  let remembered: ReadonlyMap<string, Float32Array | undefined> = new Map();

  async function vectorsOf(
    requests: readonly EmbeddingRequest[],
  ): Promise<readonly (Float32Array | undefined)[]> {
    const names = requests.map(({ text, words }) => JSON.stringify([text, words]));
    const missing = requests.filter((_, i) => !remembered.has(names[i]!));
    const fresh = await embedWords(missing, layer, deps);
    const added = new Map(missing.map((request, i) => [request, fresh[i]![0]]));
    const vectors = requests.map((request, i) => added.get(request) ?? remembered.get(names[i]!));
    remembered = new Map(names.map((name, i) => [name, vectors[i]]));
    return vectors;
  }

  /** One word of a passage, as it is read in a document. */
  function requestFor({ passage, start, end, format }: Omit<Lesson, 'sense'>): EmbeddingRequest | undefined {
    for (const paragraph of readProse(passage, format)) {
      const word = textSpan(paragraph, { start, end });
      if (word) return { text: paragraph.text, sentences: tagger.tag(paragraph.text), words: [word] };
    }
    return undefined;
  }

  /** The uses of a sense in its examples; the definition speaks where there are none. */
  function usesOf(sense: NumberedSense): readonly Use[] {
    const key = projectKey(sense);
    const lemma = projectLemma(sense);
    const examples = sense.examples.flatMap((passage): Use[] => {
      const span = occurrence(passage, sense.word, lemma, inventory);
      const request = span && requestFor({ passage, ...span, format: 'plain' });
      return request ? [{ key, isExample: true, isGloss: false, request }] : [];
    });
    if (examples.length > 0) return examples;
    const passage = `${sense.word}: ${sense.definition}`;
    const request = requestFor({ passage, start: 0, end: sense.word.length, format: 'plain' });
    return request ? [{ key, isExample: true, isGloss: true, request }] : [];
  }

  return {
    async teach({ senses, lessons }) {
      inventory.take(senses);
      const uses = [
        ...senses.flatMap(usesOf),
        ...lessons.flatMap((lesson): Use[] => {
          const request = requestFor(lesson);
          return request ? [{ key: lesson.sense, isExample: false, isGloss: false, request }] : [];
        }),
      ];
      const vectors = await vectorsOf(uses.map(({ request }) => request));
      const taught = uses.flatMap(({ key, isExample, isGloss }, i) => {
        const sense = inventory.find(key);
        const vector = vectors[i];
        return sense === undefined || !vector ? [] : [{ sense, vector, isExample, isGloss }];
      });
      ranker.teach(
        taught.filter(({ isExample }) => !isExample),
        // A correction to a sense of the project is one more example of it.
        taught.filter(({ sense, isExample }) => isExample || inventory.isOwn(sense)),
      );
      const now = new Map([
        ...senses.map((sense) => [JSON.stringify(sense), projectLemma(sense)] as const),
        ...lessons.map((lesson) => [JSON.stringify(lesson), lemmaOfKey(lesson.sense)] as const),
      ]);
      const changed = [
        ...[...now].filter(([what]) => !known.has(what)),
        ...[...known].filter(([what]) => !now.has(what)),
      ].map(([, lemma]) => lemma);
      known = now;
      return concerns(changed, inventory);
    },
  };
}

/** Does a paragraph hold a form of one of the lemmas? Of several words, the first will do. */
function concerns(lemmas: readonly string[], inventory: ProjectInventory): (paragraph: Paragraph) => boolean {
  const first = new Set(lemmas.map((lemma) => lemma.split(/[_-]/, 1)[0]!));
  const isForm = (form: string): boolean =>
    first.has(form) || inventory.lemmas(form).some(({ lemma }) => first.has(lemma.split(/[_-]/, 1)[0]!));
  return ({ text }) =>
    first.size > 0 &&
    (text.match(/[\p{L}\p{M}\p{N}'’.]+/gu) ?? []).some((word) =>
      isForm(normaliseForm(word.replace(/\.$/, ''))),
    );
}

/** Where a word of the source stands in a paragraph's text. */
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

/** The first occurrence of a word in a passage, as it is written or inflected. */
function occurrence(
  passage: string,
  word: string,
  lemma: string,
  inventory: ProjectInventory,
): Span | undefined {
  const written = passage.toLowerCase().indexOf(word.toLowerCase());
  if (written >= 0) return { start: written, end: written + word.length };
  for (const { 0: form, index } of passage.matchAll(/[\p{L}\p{M}\p{N}'’-]+/gu)) {
    if (inventory.lemmas(normaliseForm(form)).some((found) => found.lemma === lemma))
      return { start: index, end: index + form.length };
  }
  return undefined;
}
