import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { readProse } from '../../src/core/prose/prose';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { count, RATE_HEADER, rateCells, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';
import { sampleText } from '../support/texts';
import { openTransformersModel } from '../support/transformersModel';

const CHARACTERS = 300_000;
const REPETITIONS = 5;

/** Our WordPiece, which gives offsets, against the one of transformers.js, which gives none. */
export async function wordPiecesPart(): Promise<Report[]> {
  const { name, text } = sampleText(CHARACTERS);
  const paragraphs = readProse(text, 'plain').map((paragraph) => paragraph.text);
  const { encoder, vocabulary } = await loadOnnxEncoder(dataPlaces(root).encoder);
  await encoder.dispose();
  const theirs = await openTransformersModel();
  const ours = createWordPieceTokenizer(vocabulary);
  const encode = (paragraph: string): number[] => theirs.tokenizer.encode(paragraph);
  const samples = await sideBySide(REPETITIONS, {
    'Glossight, words remembered': () => paragraphs.forEach((own) => ours.split(own)),
    'Glossight, from cold': () => {
      const cold = createWordPieceTokenizer(vocabulary);
      paragraphs.forEach((own) => cold.split(own));
    },
    'transformers.js': () => paragraphs.forEach((own) => encode(own)),
  });
  const pieces = paragraphs.reduce((sum, own) => sum + ours.split(own).ids.length, 0);
  const different = paragraphs.filter(
    (own) => encode(own).slice(1, -1).join(' ') !== ours.split(own).ids.join(' '),
  ).length;
  await theirs.dispose();
  return [
    {
      name: 'word-pieces',
      document: 'encoder.md',
      header: ['Word pieces', ...RATE_HEADER],
      rows: Object.entries(samples).map(([how, own]) => [how, ...rateCells(pieces, own)]),
      note:
        `Text: ${name}, ${count(pieces)} pieces in ${count(paragraphs.length)} paragraphs, of which ` +
        `${different} are cut differently; ${REPETITIONS} repetitions in turn.`,
    },
  ];
}
