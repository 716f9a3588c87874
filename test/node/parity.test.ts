import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alignSpans, packWindows, windowIds } from '../../src/core/vectors/windows';
import { cosine } from '../../src/core/vectors/math';
import { createSenseRanker } from '../../src/core/senses/nearest';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import type { DocumentFormat, Span } from '../../src/core/model';
import { embedWords } from '../../src/core/vectors/embed';
import { isPolysemous, parse } from '../../src/core/pipeline';
import { poolPieces } from '../../src/core/vectors/pool';
import { readableText } from '../../src/core/senses/taggedCorpus';
import { readProse } from '../../src/core/prose/prose';
import type { RecipeName } from '../../src/core/senses/recipes';
import type { SenseIndex } from '../../src/core/senses/senseIndex';
import { standardise } from '../../src/core/vectors/standardise';
import { heldOutHalf, readDocuments } from '../../src/research/evaluation';
import { loadSenseIndex } from '../../src/node/files/dataFiles';
import {
  encoderVocabulary,
  fitted,
  minilm,
  parityFixture,
  places,
  SHARED,
  wordnet,
} from '../support/artifacts';
import { english } from '../support/english';

const LAYER = 'mean4';

const wordPieces = createWordPieceTokenizer(encoderVocabulary());
const { sentences } = parityFixture();

async function shippedIndex(recipe: RecipeName): Promise<SenseIndex> {
  const { encoder } = await minilm();
  return loadSenseIndex(places.index(recipe), {
    encoder: encoder.info,
    layer: LAYER,
    inventory: wordnet(),
  });
}

/** Vectors of each sentence's words, as embedWords would give them had PyTorch been the encoder. */
function torchVectors(words: readonly (readonly Span[])[], dimensions: number): Vectors {
  const all = parityFixture().vectors();
  let row = 0;
  return sentences.map(({ text, pieces: reference }, i) => {
    const matrix = all.subarray(row * dimensions, (row += reference.length) * dimensions);
    const pieces = wordPieces.split(text);
    const windows = packWindows(pieces, [whole(text)], reference.length);
    assert.equal(windows.length, 1, text);
    return alignSpans(words[i]!, pieces, windows).map(
      (range) => range && poolPieces(matrix, range, dimensions),
    );
  });
}

async function ourVectors(words: readonly (readonly Span[])[]): Promise<Vectors> {
  const { encoder } = await minilm();
  const requests = sentences.map(({ text }, i) => ({ text, sentences: [whole(text)], words: words[i]! }));
  return embedWords(requests, LAYER, { encoder, wordPieces });
}

type Vectors = readonly (readonly (Float32Array | undefined)[])[];

function whole(text: string): Span {
  return { start: 0, end: text.length };
}

function spacedWords(text: string): Span[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

describe('Parity with PyTorch', () => {
  it('gives the vectors of the float32 model', async () => {
    const { encoder } = await minilm();
    const words = sentences.map(({ text }) => spacedWords(text));
    const expected = torchVectors(words, encoder.info.dimensions).flat();
    const actual = (await ourVectors(words)).flat();
    const cosines = expected.map((vector, i) => cosine(vector!, actual[i]!));
    assert.equal(cosines.length, 967);
    const mean = cosines.reduce((sum, value) => sum + value) / cosines.length;
    assert.ok(mean >= 0.998, `mean ${mean}`);
    assert.ok(Math.min(...cosines) >= 0.99, `least ${Math.min(...cosines)}`);
  });

  it('leads to the same senses', async () => {
    const { encoder } = await minilm();
    const inventory = wordnet();
    const ranker = createSenseRanker(await shippedIndex('default'), inventory, fitted.default.recipe);
    const words = sentences.map(({ text }) => {
      const [paragraph] = readProse(text, 'plain');
      assert.equal(paragraph?.text, text);
      const deps = { pack: english(), inventory, rules: 'none' } as const;
      return parse(paragraph, [deps]).words.filter(isPolysemous);
    });
    const decide = (vectors: Vectors): (number | undefined)[] =>
      words.flatMap((own, i) =>
        own.map((word, k) => {
          const vector = vectors[i]![k];
          const candidates = [...new Set(word.lemmas.flatMap(({ senses }) => senses))];
          return vector && ranker.rank(vector, candidates, word.tag)[0]!.sense;
        }),
      );
    const expected = decide(torchVectors(words, encoder.info.dimensions));
    const actual = decide(await ourVectors(words));
    assert.ok(expected.length > 500 && !expected.includes(undefined), `${expected.length} instances`);
    const same = expected.filter((sense, i) => sense === actual[i]).length;
    assert.ok(same >= 0.98 * expected.length, `${same} of ${expected.length}`);
  });
});

describe('The encoder', () => {
  it('gives a window the same vectors whatever it is batched with', async () => {
    const { encoder } = await minilm();
    const { dimensions } = encoder.info;
    const windows = sentences.map(({ text }) => {
      const pieces = wordPieces.split(text);
      return windowIds({ from: 0, to: pieces.ids.length }, pieces, wordPieces);
    });
    const inGroups = async (size: number): Promise<Float32Array[]> => {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < windows.length; start += size) {
        vectors.push(...(await encoder.encode(windows.slice(start, start + size), LAYER)));
      }
      return vectors;
    };
    const alone = await inGroups(1);
    // Shortest beside longest: as much padding as these windows can have.
    const byLength = windows.map((_, i) => i).sort((a, b) => windows[a]!.length - windows[b]!.length);
    const padded = new Array<Float32Array>(windows.length);
    for (const [k, i] of byLength.entries()) {
      const partner = windows[byLength.at(-1 - k)!]!;
      padded[i] = (await encoder.encode([windows[i]!, partner], LAYER))[0]!;
    }
    const others = {
      'in batches of 2': await inGroups(2),
      'in batches of 8': await inGroups(8),
      'all at once': await inGroups(windows.length),
      'beside one of another length': padded,
    };
    for (const [how, vectors] of Object.entries(others)) {
      const cosines = alone.flatMap((matrix, i) =>
        rows(matrix, dimensions).map((row, k) => cosine(row, rows(vectors[i]!, dimensions)[k]!)),
      );
      assert.ok(Math.min(...cosines) >= 0.9999, `${how}: ${Math.min(...cosines)}`);
    }
  });
});

function rows(matrix: Float32Array, dimensions: number): Float32Array[] {
  return Array.from({ length: matrix.length / dimensions }, (_, i) =>
    matrix.subarray(i * dimensions, (i + 1) * dimensions),
  );
}

describe('Standardised vectors', () => {
  const root = path.resolve(__dirname, '..', '..');
  const corpus = path.join(SHARED, 'semcor', 'semcor.jsonl.gz');
  /**
   * On unseen documents of the same kind as those the standardisation was fitted on, the mean cosine of random pairs is near 0.
   * The style of a single text by one author moves all its vectors a little in the same direction, so its bound is looser.
   */
  const texts: readonly {
    name: string;
    format: DocumentFormat;
    bound: number;
    text: () => Promise<string | undefined>;
  }[] = [
    {
      name: 'held-out documents',
      format: 'plain',
      bound: 0.02,
      text: async () => {
        if (!existsSync(corpus)) return undefined;
        const held = await heldOutHalf(path.join(root, 'training', 'heldout.txt'), 'choose');
        const documents = (await readDocuments(corpus)).filter(([first]) => held.has(first!.doc));
        return documents.map((document) => readableText(document.slice(0, 40)).text).join('\n\n');
      },
    },
    {
      name: 'the sample manuscript and the fixture',
      format: 'markdown',
      bound: 0.05,
      text: () =>
        Promise.resolve(
          [
            readFileSync(path.join(root, 'examples', 'manuscript.md'), 'utf8'),
            ...sentences.map(({ text }) => text),
          ].join('\n\n'),
        ),
    },
  ];
  for (const { name, format, bound, text } of texts) {
    it(`point in all directions: ${name}`, async function () {
      const source = await text();
      if (source === undefined) {
        console.warn(`      SKIPPED: ${path.relative(root, corpus)} is not there`);
        this.skip();
      }
      const { encoder } = await minilm();
      const { standardisation } = await shippedIndex('textbook');
      const requests = readProse(source, format).map(({ text }) => {
        const tagged = english().tagger.tag(text);
        const tokens = tagged.flatMap((sentence) => sentence.tokens);
        return {
          text,
          sentences: tagged,
          words: tokens.filter((token) => /[\p{L}\p{N}]/u.test(token.text)),
        };
      });
      const vectors = (await embedWords(requests, LAYER, { encoder, wordPieces }))
        .flat()
        .filter((vector) => vector !== undefined)
        .map((vector) => standardise(vector, standardisation));
      const random = mulberry32(2007);
      const pick = (): Float32Array => vectors[Math.floor(random() * vectors.length)]!;
      let sum = 0;
      let pairs = 0;
      while (pairs < 20_000) {
        const [a, b] = [pick(), pick()];
        if (a === b) continue;
        sum += cosine(a, b);
        pairs++;
      }
      assert.ok(Math.abs(sum / pairs) < bound, `mean ${sum / pairs} over ${vectors.length} words`);
    });
  }
});

/** The same numbers on each run (T. Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
