import path from 'node:path';
import { createTagger } from '../../src/languages/english/tagger';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { embedWords } from '../../src/core/vectors/embed';
import type { Encoder } from '../../src/core/ports';
import { readProse } from '../../src/core/prose/prose';
import type { Sentence, Span } from '../../src/core/model';
import { createThreadedEncoder } from '../../src/node/encoder/threadedEncoder';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { count, RATE_HEADER, rateCells, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';
import { countWords, sampleText } from '../support/texts';
import { openTransformersModel } from '../support/transformersModel';

const CHARACTERS = 30_000;
const REPETITIONS = 5;
/** Number of sentences per call, in text order, as in the library's first examples. */
const BATCH = 32;

/** From text to one vector per word, by Glossight and by transformers.js, with the same weights. */
export async function encoderPart(): Promise<Report[]> {
  const { name, text } = sampleText(CHARACTERS);
  const paragraphs = readProse(text, 'plain').map((paragraph) => paragraph.text);
  const tagger = createTagger();
  const sentences = paragraphs.flatMap((paragraph) =>
    tagger.tag(paragraph).map(({ start, end }) => paragraph.slice(start, end)),
  );
  const folder = dataPlaces(root).encoder;
  const { encoder, vocabulary } = await loadOnnxEncoder(folder);
  const entry = path.join(root, 'dist', 'encoder-thread.js');
  const { encoder: threaded } = await createThreadedEncoder(folder, { threads: 2, entry });
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const theirs = await openTransformersModel();
  const ours = async (loaded: Encoder): Promise<void> => {
    const requests = paragraphs.map((paragraph) => {
      const tagged = tagger.tag(paragraph);
      return { text: paragraph, sentences: tagged, words: wordsOf(tagged) };
    });
    await embedWords(requests, 'mean4', { encoder: loaded, wordPieces });
  };
  const samples = await sideBySide(REPETITIONS, {
    'Glossight, two threads, as in the editor': () => ours(threaded),
    'Glossight, one thread': () => ours(encoder),
    '`pipeline`, one sentence a call': async () => {
      for (const sentence of sentences) await theirs.pipeline(sentence);
    },
    [`\`pipeline\`, ${BATCH} sentences a call`]: async () => {
      for (let start = 0; start < sentences.length; start += BATCH)
        await theirs.pipeline(sentences.slice(start, start + BATCH));
    },
  });
  await Promise.all([theirs.dispose(), encoder.dispose(), threaded.dispose()]);
  const words = countWords(text);
  return [
    {
      name: 'encoder',
      document: 'encoder.md',
      header: ['Words', ...RATE_HEADER],
      rows: Object.entries(samples).map(([how, times]) => [how, ...rateCells(words, times)]),
      note:
        `Text: ${name}, ${count(words)} words in ${count(sentences.length)} sentences; ${REPETITIONS} repetitions in turn. ` +
        'Ours splits sentences, tags and cuts word pieces, and gives one vector a word; `pipeline` is given the sentences.',
    },
  ];
}

function wordsOf(sentences: readonly Sentence[]): Span[] {
  return sentences.flatMap(({ tokens }) => tokens.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)));
}
