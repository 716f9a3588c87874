/**
 * Writes what training/ trains on: windows over tagged corpora, cut as the engine cuts them, and WordNet's synsets with the word
 * pieces of their glosses. The same input always gives the same bytes.
 *
 *     node scripts/dev/run.mjs scripts/release/training-set.ts SETS DATA OUT
 *
 * SETS lists the corpora (training/sets.json); their files are below DATA. training/README.md describes OUT.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { glossText } from '../../src/core/senses/glossText';
import { packWindows, windowIds } from '../../src/core/vectors/windows';
import { seededRandom } from '../../src/core/util/random';
import type { TaggedSentence } from '../../src/core/senses/taggedCorpus';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory, readBytes } from '../../src/node/files/dataFiles';
import { heldOutDocuments, heldOutHalf, readDocuments } from '../../src/research/evaluation';
import { openEncoderFolder } from '../../src/node/encoder/encoderFolder';
import { sha256, writeWhole } from '../../src/node/files/files';
import { UserError } from '../../src/engine/userError';
import { isTagged, randomParagraphs, trainingWindows, type WindowMaker } from './trainingWindows';

const root = path.resolve(__dirname, '..', '..');

interface TrainingSet {
  readonly name: string;
  readonly file: string;
  /** The context of a sentence in this corpus: its document, or nothing. */
  readonly context: 'document' | 'sentence';
  /** Which documents are used: those not held out, the choosing half of those held out, or all. */
  readonly documents: 'training' | 'choose' | 'all';
  /** How often documents are cut again, into random paragraphs, so that short texts are learnt too. */
  readonly cuts?: number;
}

async function main(): Promise<void> {
  const [list, data, out] = process.argv.slice(2);
  if (list === undefined || data === undefined || out === undefined)
    throw new UserError('Arguments are missing.', 'Name SETS, DATA and OUT.');
  const sets = JSON.parse((await readBytes(list)).toString('utf8')) as TrainingSet[];
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const { info, vocabulary } = await openEncoderFolder(places.encoder);
  const maker = {
    inventory,
    wordPieces: createWordPieceTokenizer(vocabulary),
    maxPieces: info.maxPieces,
  };
  await mkdir(out, { recursive: true });
  await writeLines(path.join(out, 'synsets.jsonl'), synsets(maker));
  const described = [];
  for (const set of sets) {
    const file = path.join(data, set.file);
    const documents = await chosenDocuments(file, set.documents);
    const files: string[] = [];
    for (let cut = 0; cut <= (set.cuts ?? 0); cut++) {
      const name = `${set.name}.${cut}.jsonl`;
      await writeLines(path.join(out, name), windows(documents, set, cut, maker));
      files.push(name);
      console.error(`${name} is written.`);
    }
    described.push({ ...set, sha256: sha256(await readBytes(file)), files });
  }
  const manifest = {
    format: 'glossight-training-set',
    version: 2,
    wordnet: inventory.id,
    maxPieces: info.maxPieces,
    vocabulary: vocabulary.length,
    senses: inventory.senseCount,
    sets: described,
  };
  await writeWhole(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function chosenDocuments(
  file: string,
  documents: TrainingSet['documents'],
): Promise<TaggedSentence[][]> {
  const heldOut = path.join(root, 'training', 'heldout.txt');
  const all = await readDocuments(file);
  const doc = ([sentence]: TaggedSentence[]): string => sentence!.doc;
  if (documents === 'all') return all;
  if (documents === 'choose') {
    const half = await heldOutHalf(heldOut, 'choose');
    return all.filter((document) => half.has(doc(document)));
  }
  const out = await heldOutDocuments(heldOut);
  return all.filter((document) => !out.has(doc(document)));
}

/** The windows of a corpus, once per cut. In cut 0 a document is one paragraph, as in evaluation. */
function* windows(
  documents: readonly TaggedSentence[][],
  { context }: TrainingSet,
  cut: number,
  maker: WindowMaker,
): Generator {
  const random = seededRandom(cut);
  let place = 0;
  for (const document of documents) {
    const whole = context === 'document' ? [document] : document.map((sentence) => [sentence]);
    const paragraphs = cut === 0 ? whole : randomParagraphs(document, random);
    for (const paragraph of paragraphs) {
      yield* trainingWindows(paragraph, place, maker);
      place += paragraph.flatMap(({ tokens }) => tokens.filter(isTagged)).length;
    }
  }
}

/** One line per synset, in the inventory's order. */
function* synsets({ inventory, wordPieces, maxPieces }: WindowMaker): Generator {
  for (let synset = 0; synset < inventory.synsetCount; synset++) {
    const senses = inventory.synsetSenses(synset).map((sense) => inventory.describe(sense));
    // A window of "lemmas: gloss", as in the index builder.
    const pieces = wordPieces.split(glossText(inventory, synset));
    const [window] = packWindows(pieces, [{ start: 0, end: Infinity }], maxPieces);
    yield {
      pieces: [...windowIds(window!, pieces, wordPieces)],
      senses: senses.map(({ id, lemma, partOfSpeech }) => {
        const candidates = inventory.senses(lemma.toLowerCase(), partOfSpeech);
        return [id, candidates[0]!, candidates.length];
      }),
      hypernyms: inventory.hypernyms(synset),
      supersense: senses[0]!.supersense,
    };
  }
}

async function writeLines(file: string, lines: Iterable<unknown>): Promise<void> {
  const stream = createWriteStream(`${file}.tmp`);
  for (const line of lines) {
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  await rename(`${file}.tmp`, file);
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
