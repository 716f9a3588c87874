import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAnnotationStore, type DocumentAnnotations } from '../../src/core/annotations/store';
import type { DocumentEdit } from '../../src/core/edits';
import type { SessionReadings } from '../../src/core/reading/session';
import { silentLogger } from '../../src/core/util/logger';
import type { EncoderProcessSettings } from '../../src/node/process/settings';
import { createForkedEngine, type ForkedEngine } from '../../src/node/process/forkedEngine';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import type { DocumentListener, OpenDocument } from '../../src/engine/documents';
import { places, readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';
import { servedEngine } from '../support/servedEngine';
import { temporaryFolder } from '../support/temporary';
import { until } from '../support/wait';

const ENTRY = path.join(root, 'dist', 'encoder-process.js');

function forked(more: Partial<EncoderProcessSettings> = {}): ForkedEngine {
  return createForkedEngine({ entry: ENTRY, settings: { ...readerSettings, ...more }, logger: silentLogger });
}

/** A document as in an editor: it passes readings on to a store, and records them. */
class Page implements DocumentListener {
  readonly handle: OpenDocument;
  readonly heard: SessionReadings[] = [];
  readonly failures: Error[] = [];
  readonly #store = createAnnotationStore();
  #version = 1;
  text: string;

  constructor(engine: Engine, text: string) {
    this.text = text;
    this.#store.open('page', 1);
    this.handle = engine.open({ version: 1, text, format: 'plain' }, this);
  }

  get annotations(): DocumentAnnotations {
    return this.#store.get('page')!;
  }

  get isRead(): boolean {
    return this.annotations.isRead(0, this.text.length);
  }

  onReadings(readings: SessionReadings): void {
    this.heard.push(readings);
    this.#store.add('page', readings.version, readings.readings);
  }

  onFailed(error: Error): void {
    this.failures.push(error);
  }

  type(before: string, text: string): DocumentEdit {
    const start = this.text.indexOf(before);
    const edit = { version: ++this.#version, changes: [{ start, end: start + before.length, text }] };
    this.text = this.text.replace(before, text);
    this.#store.edit('page', edit);
    return edit;
  }

  /** Sense keys of a word, wherever it stands. */
  senses(word: string): string[] {
    return this.annotations
      .between(0, this.text.length)
      .filter(({ start, end }) => this.text.slice(start, end) === word)
      .map(({ sense }) => wordnet().key(sense));
  }
}

const RIVER = 'The bank of the river was steep.';
const MONEY = 'The bank lends money.';
/** Long enough that something can happen while it is read. */
const LONG = Array.from({ length: 400 }, (_, i) => `${RIVER} It was number ${i}.`).join('\n\n');

const kinds: Readonly<Record<string, () => Promise<Engine>>> = {
  'in this process': () => openEngine(readerSettings, silentLogger),
  'over a pair of ports': () => Promise.resolve(servedEngine(readerSettings)),
  'in a process of its own': () => Promise.resolve(forked()),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`documents read by an engine ${kind}`, () => {
    let engine: Engine;
    before(async () => (engine = await start()));
    after(() => engine.dispose());

    it('are read whole, and say how far they are', async () => {
      const page = new Page(engine, `${RIVER}\n\n${MONEY}`);
      await until(() => page.isRead);
      assert.deepEqual(page.senses('bank'), ['bank%1:17:01::', 'bank%1:14:00::']);
      const { done, total, version } = page.heard.at(-1)!;
      assert.deepEqual([done, total, version], [total, RIVER.length + MONEY.length, 1]);
      assert.deepEqual(page.failures, []);
      page.handle.close();
    });

    it('are read again where they are edited, for the version after the edit', async () => {
      const page = new Page(engine, `${RIVER}\n\n${MONEY}`);
      await until(() => page.isRead);
      page.handle.edit([
        page.type('The bank of the river', 'A bank of a river'),
        page.type('lends', 'borrows'),
      ]);
      assert.equal(page.isRead, false);
      await until(() => page.isRead);
      assert.equal(page.heard.at(-1)!.version, 3);
      assert.equal(page.senses('bank').length, 2);
      assert.equal(page.senses('borrows').length, 1);
      page.handle.close();
    });

    it('may be edited and viewed before anything of them is read', async () => {
      const page = new Page(engine, LONG);
      page.handle.view([{ start: 0, end: 10 }]);
      page.handle.edit([page.type('steep', 'green')]);
      await until(() => page.senses('green').length === 1);
      page.handle.close();
    });

    it('are read where they are viewed first', async () => {
      const page = new Page(engine, LONG);
      page.handle.view([{ start: LONG.length - 10, end: LONG.length }]);
      await until(() => page.annotations.isRead(LONG.length - 10, LONG.length));
      assert.equal(page.isRead, false);
      page.handle.close();
    });

    it('are read side by side, what is visible of any before the rest of all', async () => {
      const first = new Page(engine, LONG);
      const second = new Page(engine, LONG);
      first.handle.view([{ start: 0, end: 10 }]);
      second.handle.view([{ start: LONG.length - 10, end: LONG.length }]);
      await until(
        () => first.annotations.isRead(0, 10) && second.annotations.isRead(LONG.length - 10, LONG.length),
      );
      assert.ok(!first.isRead && !second.isRead);
      first.handle.close();
      second.handle.close();
    });

    it('give no more readings once they are closed, whatever is called on them', async () => {
      const closed = new Page(engine, LONG);
      await until(() => closed.heard.length > 1);
      closed.handle.close();
      closed.handle.close();
      const { length } = closed.heard;
      closed.handle.edit([closed.type('steep', 'green')]);
      closed.handle.view([{ start: 0, end: 10 }]);
      const page = new Page(engine, MONEY);
      await until(() => page.isRead);
      assert.equal(closed.heard.length, length);
      assert.deepEqual(closed.failures, []);
      page.handle.close();
    });

    it('end with an error that names an edit outside the text, and the others go on', async () => {
      const other = new Page(engine, LONG);
      const page = new Page(engine, MONEY);
      page.handle.edit([{ version: 2, changes: [{ start: 5000, end: 6000, text: 'x' }] }]);
      await until(() => page.failures.length > 0);
      assert.match(page.failures[0]!.message, /5000-6000 .*outside the text/);
      page.handle.edit([{ version: 3, changes: [{ start: 0, end: 0, text: 'x' }] }]);
      page.handle.view([{ start: 0, end: 1 }]);
      const { length } = other.heard;
      await until(() => other.heard.length > length);
      assert.equal(page.failures.length, 1);
      assert.deepEqual(other.failures, []);
      other.handle.close();
      const again = new Page(engine, MONEY);
      await until(() => again.isRead);
      again.handle.close();
    });

    it('are read beside a text that is read once', async () => {
      const page = new Page(engine, LONG);
      const words: string[] = [];
      await engine.read({ text: MONEY, format: 'plain' }, ({ readings }) =>
        words.push(...readings.flatMap(({ annotations }) => annotations.map(({ text }) => text))),
      );
      assert.deepEqual(words, ['bank', 'lends', 'money']);
      page.handle.close();
    });
  });
}

describe('documents in the encoder process', () => {
  const inFolder = temporaryFolder();
  const engines: Engine[] = [];
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.dispose())));
  const fork = (more?: Partial<EncoderProcessSettings>): ForkedEngine => {
    const engine = forked(more);
    engines.push(engine);
    return engine;
  };

  it('are notified once when it is killed, and can be opened again', async () => {
    const engine = fork();
    const pages = [new Page(engine, LONG), new Page(engine, MONEY)];
    await until(() => pages.every(({ heard }) => heard.length > 1));
    process.kill(engine.pid!, 'SIGKILL');
    await until(() => pages.every(({ failures }) => failures.length > 0));
    for (const page of pages) page.handle.edit([page.type('bank', 'shore')]);
    const again = new Page(engine, MONEY);
    await until(() => again.isRead);
    for (const { failures } of pages)
      assert.deepEqual(
        failures.map(({ name }) => name),
        ['EncoderEndedError'],
      );
    assert.deepEqual(again.failures, []);
  });

  it('are notified once of what is wrong with a damaged encoder', async () => {
    const folder = inFolder('encoder');
    cpSync(places.encoder, folder, { recursive: true });
    const weights = path.join(folder, 'encoder.onnx');
    const bytes = readFileSync(weights);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(weights, bytes);
    const engine = fork({ encoder: folder });
    const page = new Page(engine, MONEY);
    await until(() => page.failures.length > 0);
    const later = new Page(engine, MONEY);
    await until(() => later.failures.length > 0);
    for (const { failures } of [page, later]) {
      assert.equal(failures.length, 1);
      assert.equal(failures[0]!.name, 'UserError');
      assert.match(failures[0]!.message, /encoder\.onnx is damaged.*Reinstall/);
    }
  });

  it('are notified when the engine is disposed', async () => {
    const engine = fork();
    const page = new Page(engine, LONG);
    await until(() => page.heard.length > 1);
    await engine.dispose();
    assert.deepEqual(
      page.failures.map(({ name }) => name),
      ['CancelledError'],
    );
    assert.throws(() => new Page(engine, MONEY), /disposed/);
  });
});
