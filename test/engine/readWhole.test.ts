import assert from 'node:assert/strict';
import { CancelledError } from '../../src/core/ports';
import { silentLogger } from '../../src/core/util/logger';
import type { Engine } from '../../src/engine/engine';
import { readWhole } from '../../src/engine/readWhole';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';

const TEXT = 'The bank lends money.\n\nThe bank of the river was steep.';

describe('a text that is read whole', () => {
  let engine: Engine;
  before(async () => (engine = await openEngine(readerSettings, silentLogger)));
  after(() => engine.dispose());

  it('has the chosen senses in the place of the predicted ones', async () => {
    const start = TEXT.lastIndexOf('bank');
    const sense = wordnet().find('bank%1:06:00::')!;
    const shares: number[] = [];
    const annotations = await readWhole(
      engine,
      { text: TEXT, format: 'plain', chosen: [{ start, end: start + 4, sense }] },
      (share) => shares.push(share),
    );
    const banks = annotations
      .between(0, TEXT.length)
      .filter((word) => TEXT.slice(word.start, word.end) === 'bank');
    assert.deepEqual(
      banks.map((word) => [wordnet().key(word.sense), word.evidence === 'chosen']),
      [
        ['bank%1:14:00::', false],
        ['bank%1:06:00::', true],
      ],
    );
    assert.equal(shares.at(-1), 1);
  });

  it('ends at once for a text without prose', async () => {
    const nothing = { text: '', format: 'plain', chosen: [] } as const;
    assert.deepEqual((await readWhole(engine, nothing, () => undefined)).between(0, 1), []);
  });

  it('is given up when cancelled', async () => {
    const text = { text: TEXT, format: 'plain', chosen: [] } as const;
    const given = new AbortController();
    const reading = readWhole(engine, text, () => undefined, given.signal);
    given.abort();
    await assert.rejects(reading, CancelledError);
    await assert.rejects(
      readWhole(engine, text, () => undefined, given.signal),
      CancelledError,
    );
  });
});
