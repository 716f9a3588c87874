import { rm } from 'node:fs/promises';
import path from 'node:path';
import {
  addInto,
  CancelledError,
  type CorpusRecord,
  type Embedder,
  embedWords,
  glossText,
  type LayerRule,
  packSenseIndex,
  readableText,
  type SenseInventory,
  standardise,
  StandardisationFit,
  type TaggedSentence,
} from '../../core';
import { corpusSentences } from '../files';
import { readBytes } from '../files';
import { sha256, writeWhole } from '../files';
import { type BuildProgress, readCheckpoint, writeCheckpoint } from './indexCheckpoint';
import { UserError } from '../../engine';

export interface IndexBuildOptions extends Embedder {
  /** Sense-tagged corpora, JSONL or gzipped JSONL. */
  readonly corpora: readonly string[];
  readonly out: string;
  readonly layer: LayerRule;
  readonly inventory: SenseInventory;
  /** Ids of documents to leave out. */
  readonly heldOut: ReadonlySet<string>;
  /** Licence notices of corpora, WordNet and encoder, for the index's manifest. */
  readonly licences: readonly string[];
  readonly progress?: (phase: 'corpus' | 'glosses', done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds between checkpoints. */
  readonly checkpointEvery?: number;
}

/** Number of sentences or glosses that are encoded before time and cancellation are checked again. */
const CHUNK = 256;

/**
 * Builds a sense index: averages over tagged corpora, and a vector for each gloss that a polysemous
 * lemma needs. A build that was cancelled or killed continues from its last checkpoint when it is started again.
 * @throws UserError for unreadable or malformed corpora and full disks; CancelledError
 */
export async function buildSenseIndex(options: IndexBuildOptions): Promise<void> {
  const { layer, inventory, encoder, signal, checkpointEvery = 30_000 } = options;
  const { dimensions } = encoder.info;
  const corpora = await Promise.all(options.corpora.map(describeCorpus));
  const build = sha256(
    Buffer.from(
      JSON.stringify([
        encoder.info.id,
        layer,
        inventory.id,
        corpora.map((c) => c.sha256),
        [...options.heldOut],
      ]),
    ),
  );
  const partial = `${options.out}.partial`;
  const progress = await readCheckpoint(partial, build, dimensions);
  // Written at once, so that a place that cannot be written is reported before the long work.
  await writeCheckpoint(partial, progress, dimensions);

  let saved = Date.now();
  const pause = async (): Promise<void> => {
    if (signal?.aborted) {
      await writeCheckpoint(partial, progress, dimensions);
      throw new CancelledError();
    }
    if (Date.now() - saved < checkpointEvery) return;
    await writeCheckpoint(partial, progress, dimensions);
    saved = Date.now();
  };

  const total = corpora.reduce((sum, { lines }) => sum + lines, 0);
  let position = 0;
  for await (const chunk of chunks(options.corpora)) {
    position += chunk.length;
    if (position <= progress.sentences) continue; // done before the interruption
    await addChunk(
      chunk.filter(({ doc }) => !options.heldOut.has(doc)),
      options,
      progress,
    );
    progress.sentences = position;
    options.progress?.('corpus', position, total);
    await pause();
  }
  const synsets = polysemousSynsets(inventory);
  while (progress.glosses.length < synsets.length) {
    const start = progress.glosses.length;
    progress.glosses.push(...(await glossVectors(synsets.slice(start, start + CHUNK), options)));
    options.progress?.('glosses', progress.glosses.length, synsets.length);
    await pause();
  }

  const standardisation = progress.fit.result();
  const glossFit = new StandardisationFit(dimensions);
  for (const vector of progress.glosses) glossFit.add(vector);
  const glossStandardisation = glossFit.result();
  const averages = [...progress.sums].sort(([a], [b]) => a - b);
  const records = corpora.map(({ name, sha256, lines, tagged, documents }): CorpusRecord => ({
    name,
    sha256,
    sentences: lines,
    instances: tagged,
    heldOut: [...documents].filter((doc) => options.heldOut.has(doc)).length,
  }));
  const file = packSenseIndex(
    {
      manifest: {
        encoder: { id: encoder.info.id, name: encoder.info.name },
        layer,
        dimensions,
        trained: false,
        wordnet: { edition: inventory.edition, id: inventory.id },
        corpora: records,
        averages: averages.length,
        glosses: synsets.length,
        words: progress.fit.state.count,
        licences: options.licences,
      },
      standardisation,
      glossStandardisation,
      partOfSpeechModel: progress.partsOfSpeech.result(),
      averages: {
        ids: Uint32Array.from(averages, ([sense]) => sense),
        // The mean of z-scores is the z-score of the mean.
        rows: averages.map(([, { sum, uses }]) =>
          standardise(
            sum.map((value) => value / uses),
            standardisation,
          ),
        ),
      },
      uses: {
        ids: Uint32Array.from(averages, ([sense]) => sense),
        counts: Uint32Array.from(averages, ([, { uses }]) => uses),
      },
      glosses: {
        ids: Uint32Array.from(synsets),
        rows: progress.glosses.map((vector) => standardise(vector, glossStandardisation)),
      },
    },
    sha256,
  );
  await writeWhole(options.out, file);
  await rm(partial, { force: true });
}

/** Adds one chunk's words to the standardisation and its tagged words to their senses. */
async function addChunk(
  chunk: readonly TaggedSentence[],
  options: IndexBuildOptions,
  progress: BuildProgress,
): Promise<void> {
  if (chunk.length === 0) return;
  const { text, sentences, words, instances } = readableText(chunk);
  const [vectors] = await embedWords([{ text, sentences, words }], options.layer, options);
  for (const vector of vectors!) if (vector) progress.fit.add(vector);
  instances.forEach(({ keys, partOfSpeech, word }) => {
    const vector = vectors![word];
    if (!vector) return;
    progress.partsOfSpeech.add(vector, partOfSpeech);
    for (const key of keys) {
      const sense = options.inventory.find(key);
      if (sense === undefined) continue; // a key that this edition of WordNet lacks
      const entry = progress.sums.get(sense);
      if (entry) {
        addInto(entry.sum, vector);
        entry.uses++;
      } else {
        progress.sums.set(sense, { sum: vector.slice(), uses: 1 });
      }
    }
  });
}

/** Raw gloss vectors of synsets: the mean over the pieces of "lemmas: gloss". */
async function glossVectors(synsets: readonly number[], options: IndexBuildOptions): Promise<Float32Array[]> {
  const requests = synsets.map((synset) => {
    const text = glossText(options.inventory, synset);
    const whole = [{ start: 0, end: text.length }];
    return { text, sentences: whole, words: whole };
  });
  return (await embedWords(requests, options.layer, options)).map(([vector]) => vector!);
}

/** The synsets that some polysemous lemma has a sense in, ascending. */
function polysemousSynsets(inventory: SenseInventory): number[] {
  const synsets: number[] = [];
  for (let synset = 0; synset < inventory.synsetCount; synset++) {
    const needed = inventory.synsetSenses(synset).some((sense) => {
      const lemma = inventory.lemma(sense);
      return inventory.senses(lemma, inventory.partOfSpeech(sense)).length > 1;
    });
    if (needed) synsets.push(synset);
  }
  return synsets;
}

interface CorpusDescription {
  readonly name: string;
  readonly sha256: string;
  readonly lines: number;
  readonly tagged: number;
  readonly documents: ReadonlySet<string>;
}

/** Describes a corpus. It is read once before the long work, so that a malformed line is reported at once. */
async function describeCorpus(file: string): Promise<CorpusDescription> {
  const bytes = await readBytes(file);
  let lines = 0;
  let tagged = 0;
  const documents = new Set<string>();
  for await (const { doc, tokens } of corpusSentences(file)) {
    lines++;
    documents.add(doc);
    tagged += tokens.filter(({ keys }) => keys && keys.length > 0).length;
  }
  if (tagged === 0)
    throw new UserError(`${file} has no tagged word.`, 'Name a corpus with "keys" on its tokens.');
  return { name: path.basename(file), sha256: sha256(bytes), lines, tagged, documents };
}

/** Sentences of the corpora in runs of one document, at most `CHUNK` long. */
async function* chunks(files: readonly string[]): AsyncGenerator<TaggedSentence[]> {
  for (const file of files) {
    let chunk: TaggedSentence[] = [];
    for await (const sentence of corpusSentences(file)) {
      if (chunk.length === CHUNK || (chunk.length > 0 && chunk[0]!.doc !== sentence.doc)) {
        yield chunk;
        chunk = [];
      }
      chunk.push(sentence);
    }
    if (chunk.length > 0) yield chunk;
  }
}
