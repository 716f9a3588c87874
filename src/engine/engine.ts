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
  /** Are the paragraphs' tokens wanted too? */
  readonly withTokens?: boolean;
}

/** Text in, annotations out. One in a process of its own and one in this process keep the same contract. */
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
  /** Takes in what a reader taught, all of it, and reads open documents anew where it says otherwise. */
  teach(teaching: Teaching): Promise<void>;
  dispose(): Promise<void>;
}

/** What an engine is made of: a model that somebody has opened, and what its host does in its own way. */
export interface EngineParts {
  readonly model: ModelBundle;
  /** Of the one language this engine reads; the model's inventory is opened with it. */
  readonly pack: LanguagePack;
  /** Without one vectors are not kept between readings. */
  readonly cache: WindowCache | undefined;
  /** Tagged text that shows what senses rest on, where there is one. */
  readonly corpus: (() => AsyncIterable<TaggedSentence>) | undefined;
  readonly drawGraph: NeighbourGraph;
  /** Lets what has arrived meanwhile be heard. */
  readonly nextTurn: () => Promise<void>;
  /** Gives back what was opened. */
  readonly dispose: () => Promise<void>;
}

/** Knows no process, file or editor: whoever has opened the parts can run it. */
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
    ask(asked, kind, question, signal) {
      const sessions = asked.map((document) => documents.session(document));
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
