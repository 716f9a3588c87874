import {
  createTagger,
  createWordPieceTokenizer,
  embedWords,
  type Encoder,
  readProse,
  type Sentence,
  type Span,
} from '../../src/core';
import { dataPlaces, loadOnnxEncoder } from '../../src/runtime';
import { count, RATE_HEADER, rateCells, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';
import { countWords, sampleText } from '../support/texts';
import { openTransformersModel } from '../support/transformersModel';

const CHARACTERS = 30_000;
const REPETITIONS = 5;

/** From sentences to one vector a word, by our path and by transformers.js, over the same weights. */
export async function encoderPart(): Promise<Report[]> {
  const { name, text } = sampleText(CHARACTERS);
  const tagger = createTagger();
  const requests = readProse(text, 'plain').map((paragraph) => {
    const sentences = tagger.tag(paragraph.text);
    return { text: paragraph.text, sentences, words: wordsOf(sentences) };
  });
  const sentences = requests.flatMap(({ text, sentences }) =>
    sentences.map(({ start, end }) => text.slice(start, end)),
  );
  const { encoder, vocabulary } = await loadOnnxEncoder(dataPlaces(root).encoder);
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const theirs = await openTransformersModel();
  const bySentence = async (model: typeof theirs.model): Promise<void> => {
    for (const sentence of sentences) await model(theirs.tokenizer(sentence));
  };
  const samples = await sideBySide(REPETITIONS, {
    'Glossight, batches of 8 by length': () => embedWords(requests, 'mean4', { encoder, wordPieces }),
    'Glossight, one window a call': () =>
      embedWords(requests, 'mean4', { encoder: oneByOne(encoder), wordPieces }),
    'transformers.js, one sentence a call': () => bySentence(theirs.model),
    'transformers.js, the same on one quiet thread': () => bySentence(theirs.quietModel),
  });
  await theirs.dispose();
  await encoder.dispose();
  const words = countWords(text);
  return [
    {
      name: 'encoder',
      document: 'encoder.md',
      header: ['Words', ...RATE_HEADER],
      rows: Object.entries(samples).map(([how, own]) => [how, ...rateCells(words, own)]),
      note:
        `Text: ${name}, ${count(words)} words in ${count(sentences.length)} sentences; ` +
        `${REPETITIONS} repetitions in turn, sentence splitting not counted.`,
    },
  ];
}

function wordsOf(sentences: readonly Sentence[]): Span[] {
  return sentences.flatMap(({ tokens }) => tokens.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)));
}

function oneByOne(encoder: Encoder): Encoder {
  return {
    ...encoder,
    async encode(windows, layer, token) {
      const matrices: Float32Array[] = [];
      for (const window of windows) matrices.push(...(await encoder.encode([window], layer, token)));
      return matrices;
    },
  };
}
