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

/** Glossight's WordPiece, which gives offsets, against that of transformers.js, which gives none. */
export async function wordPiecesPart(): Promise<Report[]> {
  const { name, text } = sampleText(CHARACTERS);
  const paragraphs = readProse(text, 'plain').map((paragraph) => paragraph.text);
  const { encoder, vocabulary } = await loadOnnxEncoder(dataPlaces(root).encoder);
  await encoder.dispose();
  const theirs = await openTransformersModel();
  const ours = createWordPieceTokenizer(vocabulary);
  const encode = (paragraph: string): number[] => theirs.tokenizer.encode(paragraph);
  const samples = await sideBySide(REPETITIONS, {
    'Glossight, words remembered': () => paragraphs.forEach((paragraph) => ours.split(paragraph)),
    'Glossight, from cold': () => {
      const cold = createWordPieceTokenizer(vocabulary);
      paragraphs.forEach((paragraph) => cold.split(paragraph));
    },
    'transformers.js': () => paragraphs.forEach((paragraph) => encode(paragraph)),
  });
  const pieces = paragraphs.reduce((sum, paragraph) => sum + ours.split(paragraph).ids.length, 0);
  const different = paragraphs.filter(
    (paragraph) => encode(paragraph).slice(1, -1).join(' ') !== ours.split(paragraph).ids.join(' '),
  ).length;
  await theirs.dispose();
  return [
    {
      name: 'word-pieces',
      document: 'encoder.md',
      header: ['Word pieces', ...RATE_HEADER],
      rows: Object.entries(samples).map(([how, times]) => [how, ...rateCells(pieces, times)]),
      note:
        `Text: ${name}, ${count(pieces)} pieces in ${count(paragraphs.length)} paragraphs, of which ` +
        `${different} are cut differently; ${REPETITIONS} repetitions in turn.`,
    },
  ];
}
