import assert from 'node:assert/strict';
import { CancelledError } from '../../src/core/ports';
import { silentLogger } from '../../src/core/util/logger';
import { connect } from '../../src/engine/connect';
import type { Engine } from '../../src/engine/engine';
import { serve } from '../../src/engine/serve';
import { UserError } from '../../src/engine/userError';
import type { FromEncoder, ToEncoder } from '../../src/protocol/encoder';
import type { Port } from '../../src/protocol/port';
import { portPair } from '../support/portPair';
import { until } from '../support/wait';

const TEXT = { text: 'A text.', format: 'plain' } as const;
const DOCUMENT = { version: 1, ...TEXT } as const;

/** An engine that reads until it is cancelled, and records what is done with it. */
class EndlessEngine implements Engine {
  reading = 0;
  cancelled = 0;
  documents = 0;
  disposed = 0;

  read(...[, , signal]: Parameters<Engine['read']>): Promise<void> {
    this.reading++;
    return new Promise((_, reject) =>
      signal!.addEventListener('abort', () => {
        this.cancelled++;
        reject(new CancelledError());
      }),
    );
  }

  open(): ReturnType<Engine['open']> {
    this.documents++;
    const nothing = (): void => undefined;
    return {
      edit: nothing,
      choose: nothing,
      view: nothing,
      close: () => {
        this.documents--;
      },
    };
  }

  ask(): Promise<never> {
    return Promise.reject(new UserError('There is no answer.', 'Ask another.'));
  }

  teach(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.disposed++;
    return Promise.resolve();
  }
}

describe('an engine served over a port', () => {
  let there: EndlessEngine;
  let port: Port<FromEncoder, ToEncoder<string>>;
  let other: Port<ToEncoder<string>, FromEncoder>;
  let engine: Engine;
  let posted: string[];
  let opened: string[];
  let stops: number;

  beforeEach(() => {
    there = new EndlessEngine();
    [port, other] = portPair<FromEncoder, ToEncoder<string>>();
    posted = [];
    opened = [];
    stops = 0;
    serve(other, {
      openEngine(settings) {
        opened.push(settings);
        return Promise.resolve(there);
      },
      onStopping: () => {
        stops++;
      },
    });
    const watched: typeof port = {
      post(message, transfer) {
        posted.push(message.type);
        port.post(message, transfer);
      },
      onMessage: (listener) => port.onMessage(listener),
      onClosed: (listener) => port.onClosed(listener),
      close: () => port.close(),
    };
    engine = connect(watched, { settings: 'good', logger: silentLogger });
  });

  it('is opened with the settings, whatever they are, once', async () => {
    await new Promise<void>((resolve) => {
      [port, other] = portPair();
      serve(other, { openEngine: (settings: string) => Promise.resolve((opened.push(settings), there)) });
      connect(port, { settings: 'other', logger: silentLogger, onStarted: resolve });
    });
    assert.deepEqual(opened, ['good', 'other']);
  });

  it('gets a cancellation once, when it happens', async () => {
    const stop = new AbortController();
    const reading = assert.rejects(
      engine.read(TEXT, () => undefined, stop.signal),
      CancelledError,
    );
    await until(() => there.reading === 1);
    assert.ok(!posted.includes('cancel'));
    stop.abort();
    await reading;
    assert.equal(there.cancelled, 1);
    assert.deepEqual(
      posted.filter((type) => type === 'cancel'),
      ['cancel'],
    );
    await assert.rejects(
      engine.read(TEXT, () => undefined, stop.signal),
      CancelledError,
    );
    assert.equal(there.reading, 1);
  });

  it('fails with errors of the same kind', async () => {
    const failures: Error[] = [];
    const onFailed = (error: Error): void => void failures.push(error);
    const handle = engine.open(DOCUMENT, { onReadings: () => undefined, onFailed });
    const question = { senses: [], asked: undefined };
    const expected = { name: 'UserError', message: 'There is no answer. Ask another.' };
    await assert.rejects(engine.ask([handle], 'uses', question), expected);
    handle.close();
    await assert.rejects(engine.ask([handle], 'uses', question), CancelledError);
    await until(() => there.documents === 0);
    assert.deepEqual(failures, []);
  });

  it('fails all that is under way when it cannot be opened', async () => {
    [port, other] = portPair();
    serve(other, { openEngine: () => Promise.reject(new UserError('It is bad.', '')) });
    const refused = connect(port, { settings: 'bad', logger: silentLogger });
    const failed = new Promise((resolve) => {
      refused.open(DOCUMENT, { onReadings: () => undefined, onFailed: resolve });
    });
    await assert.rejects(
      refused.read(TEXT, () => undefined),
      { name: 'UserError', message: 'It is bad.' },
    );
    assert.equal(((await failed) as Error).name, 'UserError');
    await refused.dispose();
  });

  it('fails requests under way, and all later ones, when the other end closes the line', async () => {
    const failures: Error[] = [];
    engine.open(DOCUMENT, { onReadings: () => undefined, onFailed: (error) => failures.push(error) });
    const reading = assert.rejects(
      engine.read(TEXT, () => undefined),
      /The line is closed/,
    );
    await until(() => there.reading === 1);
    other.close();
    await reading;
    assert.match(failures[0]!.message, /The line is closed/);
    assert.equal(failures.length, 1);
    await assert.rejects(
      engine.read(TEXT, () => undefined),
      /The line is closed/,
    );
  });

  it('is disposed when this end closes the line, and stops what it does', async () => {
    void engine.read(TEXT, () => undefined).catch(() => undefined);
    await until(() => there.reading === 1);
    port.close();
    await until(() => there.disposed === 1);
    assert.equal(there.cancelled, 1);
    assert.equal(stops, 1);
  });

  it('is disposed once, before `dispose` resolves, and what is under way is cancelled', async () => {
    const reading = assert.rejects(
      engine.read(TEXT, () => undefined),
      CancelledError,
    );
    await until(() => there.reading === 1);
    await engine.dispose();
    await reading;
    assert.equal(there.disposed, 1);
    await assert.rejects(
      engine.read(TEXT, () => undefined),
      /disposed/,
    );
  });
});
