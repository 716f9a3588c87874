import {
  analyse,
  type CancellationToken,
  createEnglishTest,
  createProjectInventory,
  createSenseRanker,
  createTagger,
  createTaughtRanker,
  type DocumentFormat,
  type LayerRule,
  type Logger,
  openProse,
  RECIPE_NAMES,
  recipeFor,
  type SenseIndex,
  type SenseInventory,
  type SessionDocument,
} from '../core';
import type { EncoderProcessSettings, ReadingBatch, Teaching } from '../protocol/encoder';
import type { Answers, QuestionKind, Questions } from '../protocol/questions';
import { answer, type NeighbourGraph } from './answers';
import { loadInventory, loadSenseIndex } from './dataFiles';
import { type DocumentListener, DocumentReader, type OpenDocument } from './documentReader';
import type { LoadedEmbedder } from './hubEncoder';
import { loadEncoder } from './loadEncoder';
import { drawNeighbourGraph } from './neighbourGraph';
import { createTeacher } from './teacher';
import { UserError } from './userError';
import { openVectorCache } from './vectorCache';

export interface TextToRead {
  readonly text: string;
  readonly format: DocumentFormat;
}

/** Text in, annotations out. The forked reader and the one in this process keep the same contract. */
export interface Reader {
  /**
   * Reads a text; `onBatch` gets its paragraphs in order, a batch at a time.
   * @throws CancelledError, UserError
   */
  read(
    document: TextToRead,
    onBatch: (batch: ReadingBatch) => void,
    token?: CancellationToken,
  ): Promise<void>;
  /** Reads a document while it is edited, until it is closed. */
  open(document: SessionDocument, listener: DocumentListener): OpenDocument;
  /**
   * Answers a question about documents that are open.
   * @throws CancelledError, also when one of them is closed; UserError
   */
  ask<Kind extends QuestionKind>(
    documents: readonly OpenDocument[],
    kind: Kind,
    question: Questions[Kind],
    token?: CancellationToken,
  ): Promise<Answers[Kind]>;
  /** Takes in what a reader taught, all of it, and reads open documents anew where it says otherwise. */
  teach(teaching: Teaching): Promise<void>;
  dispose(): Promise<void>;
}

/** What a process does in its own way: in threads, or by itself. */
export interface ReaderHost {
  readonly openEncoder: (folder: string, layer: LayerRule) => Promise<LoadedEmbedder>;
  readonly drawGraph: NeighbourGraph;
}

/** A reader in this process: what the encoder process runs, and tests check. */
export async function createReader(
  settings: EncoderProcessSettings,
  logger: Logger,
  { openEncoder, drawGraph }: ReaderHost = { openEncoder: loadEncoder, drawGraph: drawNeighbourGraph },
): Promise<Reader> {
  const { layer } = settings;
  if (!RECIPE_NAMES.includes(settings.recipe))
    throw new UserError(`There is no recipe "${settings.recipe}".`, `Choose ${RECIPE_NAMES.join(' or ')}.`);
  const { encoder, wordPieces } = await openEncoder(settings.encoder, layer);
  // First of all: a thread of its own, if it has one, loads the network beside what follows.
  await encoder.encode([], layer);
  const cache = settings.cache && (await openVectorCache(settings.cache, logger));
  const dispose = async (): Promise<void> => {
    await Promise.all([encoder.dispose(), cache?.close()]);
  };
  let inventory: SenseInventory;
  let index: SenseIndex;
  try {
    inventory = await loadInventory(settings.wordnet);
    index = await loadSenseIndex(settings.index, { encoder: encoder.info, layer, inventory });
  } catch (error) {
    await dispose();
    throw error;
  }
  const recipe = recipeFor(settings.recipe, index.manifest);
  const project = createProjectInventory(inventory);
  const ranker = createTaughtRanker(createSenseRanker(index, project, recipe), {
    index,
    inventory: project,
    recipe,
    isAbove: (sense) => project.isAbove(sense),
  });
  const { eld } = await import('eld/extrasmall');
  const deps = {
    encoder,
    wordPieces,
    cache,
    inventory: project,
    tagger: createTagger(),
    ranker,
    recipe,
    layer,
    rules: 'reader' as const,
    isEnglish: createEnglishTest((sample) => eld.detect(sample).getScores()),
    standardisation: index.standardisation,
  };
  const options = { isWord: (word: string) => project.lemmas(word).length > 0 };
  const documents = new DocumentReader(deps, options);
  const teacher = createTeacher(deps);
  return {
    open: (document, listener) => documents.open(document, listener),
    ask(asked, kind, question, token) {
      const sessions = asked.map((document) => documents.session(document));
      const { corpus } = settings;
      return answer(kind, question, sessions, { ...deps, index, corpus, drawGraph }, token);
    },
    async read({ text, format }, onBatch, token) {
      const { paragraphs } = openProse(text, format, options);
      let done = 0;
      for await (const readings of analyse(paragraphs, deps, token)) {
        done += readings.length;
        onBatch({ done, total: paragraphs.length, readings });
      }
    },
    async teach(teaching) {
      documents.reconsider(await teacher.teach(teaching));
    },
    dispose,
  };
}
