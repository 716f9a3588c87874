import { createEnglishPack } from '../../src/languages/english/pack';
import { createTagger } from '../../src/languages/english/tagger';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import type { PartOfSpeech, Tag } from '../../src/core/model';
import { readableText, type TaggedSentence } from '../../src/core/senses/taggedCorpus';
import { readProse } from '../../src/core/prose/prose';
import { score } from '../../src/research/score';
import type { SenseInventory, Tagger } from '../../src/core/ports';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory, loadManifest, loadSenseIndex } from '../../src/node/files/dataFiles';
import { evaluate, heldOutHalf, readDocuments } from '../../src/research/evaluation';
import { type LoadedEncoder, loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { UserError } from '../../src/engine/userError';
import path from 'node:path';
import { createCompromiseTagger } from '../support/compromiseTagger';
import { count, RATE_HEADER, rateCells, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';
import { dataFile, sampleText } from '../support/texts';

const CHARACTERS = 120_000;
const REPETITIONS = 5;

type Document = readonly TaggedSentence[];

/** wink-nlp against compromise: speed, accuracy of tags, and the effect of the tags on senses in plain text. */
export async function taggerPart(): Promise<Report[]> {
  const taggers = [createTagger(), createCompromiseTagger()];
  return [await speed(taggers), ...(await accuracy(taggers))];
}

async function speed(taggers: readonly Tagger[]): Promise<Report> {
  const { name, text } = sampleText(CHARACTERS);
  const paragraphs = readProse(text, 'plain').map((paragraph) => paragraph.text);
  const tokens = (tagger: Tagger): number =>
    paragraphs.flatMap((text) => tagger.tag(text).flatMap((sentence) => sentence.tokens)).length;
  const samples = await sideBySide(
    REPETITIONS,
    Object.fromEntries(
      taggers.map((tagger) => [tagger.name, () => paragraphs.forEach((text) => tagger.tag(text))]),
    ),
  );
  return {
    name: 'tagger-speed',
    basis: 'none',
    document: 'words.md',
    header: ['Tokens', ...RATE_HEADER],
    // Both speeds are in wink's tokens, so that a tagger that splits finer does not look faster.
    rows: Object.entries(samples).map(([how, times]) => [how, ...rateCells(tokens(taggers[0]!), times)]),
    note:
      `Text: ${name}, ${count(tokens(taggers[0]!))} tokens as wink-nlp cuts them; ${REPETITIONS} repetitions ` +
      'in turn.',
  };
}

/** Accuracy of tags and senses; without the development data it is left out with a message. */
async function accuracy(taggers: readonly Tagger[]): Promise<Report[]> {
  let sets: Readonly<Record<string, readonly Document[]>>;
  try {
    sets = await testSets();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`Accuracy is left out. ${error.message}`);
    return [];
  }
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const loaded = await loadOnnxEncoder(places.encoder);
  const rows: string[][] = [];
  for (const tagger of taggers) {
    const row = [tagger.name];
    for (const [name, documents] of Object.entries(sets)) {
      console.error(`${tagger.name} on ${name}`);
      row.push(percent(rightTags(tagger, documents)));
      row.push(...(await endToEnd(tagger, documents, inventory, loaded)));
    }
    rows.push(row);
  }
  await loaded.encoder.dispose();
  return [
    {
      name: 'tagger-accuracy',
      basis: 'model',
      document: 'words.md',
      header: [
        '',
        ...Object.keys(sets).flatMap((name) => [`${name}: tag`, `${name}: sense F1`, `${name}: answered`]),
      ],
      rows,
      note:
        '_Tag_: gold words of one token whose tag is of the gold part of speech, in percent. _Sense F1_ and ' +
        '_answered_: from plain text, default recipe, in percent.',
    },
  ];
}

async function testSets(): Promise<Record<string, readonly Document[]>> {
  const choosing = await heldOutHalf(path.join(root, 'training', 'heldout.txt'), 'choose');
  const semeval = await readDocuments(
    dataFile('dev', 'semeval2007.data.xml'),
    dataFile('dev', 'semeval2007.gold.key.txt'),
  );
  const semcor = await readDocuments(dataFile('semcor', 'semcor.jsonl.gz'));
  return {
    'SemEval-2007': semeval,
    'SemCor, choosing half': semcor.filter(([sentence]) => choosing.has(sentence!.doc)),
  };
}

const PARTS: Partial<Record<Tag, PartOfSpeech>> = {
  NOUN: 'noun',
  PROPN: 'noun',
  VERB: 'verb',
  AUX: 'verb',
  ADJ: 'adj',
  ADV: 'adv',
};

function rightTags(tagger: Tagger, documents: readonly Document[]): number {
  let right = 0;
  let all = 0;
  for (const document of documents) {
    const { text, instances } = readableText(document);
    const tags = new Map(
      tagger.tag(text).flatMap(({ tokens }) => tokens.map(({ start, end, tag }) => [`${start}-${end}`, tag])),
    );
    for (const { start, end, partOfSpeech } of instances) {
      if (/[\s-]/.test(text.slice(start, end))) continue;
      const tag = tags.get(`${start}-${end}`);
      all++;
      if (tag && PARTS[tag] === partOfSpeech) right++;
    }
  }
  return right / all;
}

/** Cells: F1, share of instances answered. */
async function endToEnd(
  tagger: Tagger,
  documents: readonly Document[],
  inventory: SenseInventory,
  { encoder, vocabulary }: LoadedEncoder,
): Promise<string[]> {
  const layer = 'mean4';
  const places = dataPlaces(root);
  const index = await loadSenseIndex(places.index('default'), {
    encoder: encoder.info,
    layer,
    inventory,
  });
  const { outcomes } = await evaluate(documents, {
    encoder,
    wordPieces: createWordPieceTokenizer(vocabulary),
    pack: { ...createEnglishPack(), tagger },
    inventory,
    index,
    layer,
    fitted: loadManifest(places.manifest).fitted.default,
    raw: true,
    staticVectors: false,
    // The same order of senses for both sets, as only the taggers are compared here.
    order: 'uses',
  });
  const { f1, answered, instances } = score(outcomes);
  return [f1.all?.toFixed(1) ?? '–', percent(answered / instances)];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
