import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAnnotationStore } from '../../src/core';
import type { DocumentListener, OpenDocument } from '../../src/engine/documents';
import type { Engine } from '../../src/engine/engine';
import { Edits } from '../../src/extension/services/edits';
import { type ReadingState, Scheduler } from '../../src/extension/services/scheduler';
import { EncoderKeepsEndingError } from '../../src/node/process';
import { until } from '../support/wait';
import { showText } from './support/editor';

/** What an engine does with a document it is given. */
type Opening = (version: number, listener: DocumentListener) => void;
const read: Opening = (version, listener) =>
  void setTimeout(() => listener.onReadings({ version, readings: [], done: 1, total: 1 }));
const refuse: Opening = () => {
  throw new EncoderKeepsEndingError(50);
};

describe('an encoder process that keeps ending', () => {
  const owned: { dispose(): unknown }[] = [];
  let failures: number;

  /** Opens a document with engines that do these things, one after another, and hears its states. */
  const statesOf = async (openings: readonly Opening[], last: string): Promise<ReadingState[]> => {
    const { document } = await showText('The bank lends money.', 'plaintext');
    const left = [...openings];
    const nothing = (): void => undefined;
    const handle: OpenDocument = { edit: nothing, choose: nothing, view: nothing, close: nothing };
    const engine: Engine = {
      open({ version }, listener) {
        left.shift()!(version, listener);
        return handle;
      },
      read: () => Promise.resolve(),
      ask: () => Promise.reject(new Error('nobody asks')),
      teach: () => Promise.resolve(),
      dispose: () => Promise.resolve(),
    };
    const store = createAnnotationStore();
    const edits = new Edits(store);
    const scheduler = new Scheduler({
      store,
      edits,
      logger: { trace: nothing, info: nothing, warn: nothing, error: nothing },
      createEngine: () => Promise.resolve(engine),
      onFailed: () => failures++,
      onRestarted: nothing,
    });
    owned.push(edits, scheduler);
    const states: ReadingState[] = [];
    const key = document.uri.toString();
    owned.push(
      scheduler.onDidChangeState((changed) => {
        const state = scheduler.state(document);
        if (changed === key && state) states.push(state);
      }),
    );
    scheduler.start();
    await until(() => left.length === 0 && states.at(-1)?.phase === last);
    return states;
  };

  beforeEach(() => {
    failures = 0;
  });
  afterEach(async () => {
    for (const one of owned.splice(0).reverse()) one.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is tried again by itself, and says when', async () => {
    const before = Date.now();
    const states = await statesOf([refuse, read], 'read');
    assert.deepEqual(
      states.map(({ phase }) => phase),
      ['loading', 'failed', 'loading', 'read'],
    );
    const [, failed] = states;
    assert.ok(failed?.phase === 'failed' && failed.retryAt !== undefined);
    assert.ok(failed.retryAt >= before + 50 && failed.retryAt <= Date.now());
    assert.equal(failures, 1);
  });

  it('is tried again once, and then left to the reader', async () => {
    const states = await statesOf([refuse, refuse], 'failed');
    assert.deepEqual(
      states.map((state) => [state.phase, state.phase === 'failed' && state.retryAt !== undefined]),
      [
        ['loading', false],
        ['failed', true],
        ['loading', false],
        ['failed', false],
      ],
    );
    assert.equal(failures, 2);
  });
});
