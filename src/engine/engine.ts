import {
  analyse,
  createProjectInventory,
  createSenseRanker,
  createTaughtRanker,
  type DocumentFormat,
  type LanguagePack,
  type ModelBundle,
  openProse,
  type SessionDocument,
  type TaggedSentence,
  type WindowCache,
} from '../core';
import type { ReadingBatch, Teaching } from '../protocol/encoder';
import type { Answers, QuestionKind, Questions } from '../protocol/questions';
import { answer, type NeighbourGraph } from './answers';
import { type DocumentListener, Documents, type OpenDocument } from './documents';
import { createTeacher } from './teacher';

export interface TextToRead {
  readonly text: string;
  readonly format: DocumentFormat;
  /** Should readings carry the tokens of their paragraphs? */
  readonly withTokens?: boolean;
}

/** Text in, annotations out. Whether the engine runs in this process or in another makes no difference to its users. */
export interface Engine {
  /**
   * Reads a text; `onBatch` gets its paragraphs in order, a batch at a time.
   * @throws CancelledError, UserError
   */
  read(document: TextToRead, onBatch: (batch: ReadingBatch) => void, signal?: AbortSignal): Promise<void>;
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
    signal?: AbortSignal,
  ): Promise<Answers[Kind]>;
  /** Sets all senses of the project and all lessons, in place of earlier ones, and reads paragraphs again that they concern. */
  teach(teaching: Teaching): Promise<void>;
  dispose(): Promise<void>;
}

/** The parts of an engine: an opened model, and functions that every host implements in its own way. */
export interface EngineParts {
  readonly model: ModelBundle;
  /** Pack of the language that the engine reads; the model's inventory is opened with the same language. */
  readonly pack: LanguagePack;
  /** Keeps vectors between readings; without a cache they are not kept. */
  readonly cache: WindowCache | undefined;
  /** A tagged corpus, if there is one: answers about evidence take their examples from it. */
  readonly corpus: (() => AsyncIterable<TaggedSentence>) | undefined;
  readonly drawGraph: NeighbourGraph;
  /** Waits for a turn of the event loop, so that messages that have arrived are handled. */
  readonly nextTurn: () => Promise<void>;
  /** Releases what was opened for the engine. */
  readonly dispose: () => Promise<void>;
}

/** An engine made of parts that the caller has opened. It knows no process, file or editor. */
export function createEngine(parts: EngineParts): Engine {
  const { model, corpus, drawGraph } = parts;
  const { index, fitted } = model;
  const { recipe, learning } = fitted;
  const project = createProjectInventory(model.inventory);
  const ranker = createTaughtRanker(
    createSenseRanker(index, project, recipe),
    { index, inventory: project, recipe, isAbove: (sense) => project.isAbove(sense) },
    learning,
  );
  const deps = {
    ...model,
    pack: parts.pack,
    cache: parts.cache,
    inventory: project,
    ranker,
    rules: 'reader' as const,
    standardisation: index.standardisation,
  };
  const options = { isWord: (word: string) => project.lemmas(word).length > 0 };
  const documents = new Documents(deps, options, parts.nextTurn);
  const teacher = createTeacher(deps);
  return {
    open: (document, listener) => documents.open(document, listener),
    ask(open, kind, question, signal) {
      const sessions = open.map((document) => documents.session(document));
      return answer(kind, question, sessions, { ...deps, index, corpus, drawGraph }, signal);
    },
    async read({ text, format, withTokens }, onBatch, signal) {
      const { paragraphs } = openProse(text, format, options);
      let done = 0;
      for await (const readings of analyse(paragraphs, [deps], signal, withTokens)) {
        done += readings.length;
        onBatch({ done, total: paragraphs.length, readings });
      }
    },
    async teach(teaching) {
      documents.reconsider(await teacher.teach(teaching));
    },
    dispose: parts.dispose,
  };
}
