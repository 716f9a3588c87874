import assert from 'node:assert/strict';
import path from 'node:path';
import { CancelledError } from '../../src/core/ports';
import type { InstancePlace } from '../../src/core/instances/uses';
import type { SenseStructure } from '../../src/core/instances/map';
import type { SessionReadings } from '../../src/core/reading/session';
import { silentLogger } from '../../src/core/util/logger';
import { createForkedEngine } from '../../src/node/process/forkedEngine';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import type { OpenDocument } from '../../src/engine/documents';
import { places, readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';
import { servedEngine } from '../support/servedEngine';

const settings = { ...readerSettings, corpus: places.corpus };
const RIVER = 'The bank of the river was steep and muddy.';
const MONEY = 'The bank lends money to farmers and shops.';
const text = ['# Two banks', ...Array.from({ length: 6 }, (_, i) => (i % 2 ? MONEY : RIVER))].join('\n\n');

const kinds: Readonly<Record<string, () => Promise<Engine>>> = {
  'in this process': () => openEngine(settings, silentLogger),
  'over a pair of ports': () => Promise.resolve(servedEngine(settings)),
  'in a process of its own': () =>
    Promise.resolve(
      createForkedEngine({
        entry: path.join(root, 'dist', 'encoder-process.js'),
        settings,
        logger: silentLogger,
      }),
    ),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`questions about open documents, ${kind}`, () => {
    const inventory = wordnet();
    const senses = inventory.senses('bank', 'noun');
    let engine: Engine;
    let document: OpenDocument;
    let last: SessionReadings;

    /** Opens a text and waits until it is read. */
    async function open(version = 1): Promise<OpenDocument> {
      let handle: OpenDocument;
      await new Promise<void>((resolve, reject) => {
        handle = engine.open(
          { version, text, format: 'markdown' },
          {
            onReadings(readings) {
              last = readings;
              if (readings.done === readings.total) resolve();
            },
            onFailed: reject,
          },
        );
      });
      return handle!;
    }

    function place(nth: number): InstancePlace {
      const starts = [...text.matchAll(/(?<=The )bank/g)].map(({ index }) => index);
      return { document: 0, start: starts[nth]!, end: starts[nth]! + 4 };
    }

    before(async () => {
      engine = await start();
      document = await open();
    });
    after(() => engine.dispose());

    it('finds every use, those in the same sense nearest', async () => {
      const answer = await engine.ask([document], 'uses', { senses, asked: place(0) });
      // The heading’s plural is one too.
      assert.equal(answer.uses.length, 7);
      assert.equal(answer.uses[answer.asked]!.start, place(0).start);
      const nearest = [...answer.uses].sort((a, b) => b.similarity - a.similarity).slice(0, 3);
      assert.deepEqual(
        nearest.map(({ start }) => start).sort((a, b) => a - b),
        [0, 2, 4].map((nth) => place(nth).start),
      );
      assert.deepEqual(
        answer.documents.map(({ version, headings }) => [version, headings.map(({ title }) => title)]),
        [[last.version, ['Two banks']]],
      );
      assert.equal(answer.trained, true);
    });

    it('draws a map on which the two senses lie apart', async () => {
      for (const method of ['pca', 'umap'] as const) {
        const { map } = await engine.ask([document], 'map', { senses, method });
        assert.equal(map.points.length, 7);
        const [river, money] = [0, 1].map((half) => [0, 1, 2].map((i) => map.points[1 + 2 * i + half]!)) as [
          { x: number; y: number }[],
          { x: number; y: number }[],
        ];
        const middle = (points: { x: number; y: number }[]): [number, number] => [
          points.reduce((sum, { x }) => sum + x, 0) / 3,
          points.reduce((sum, { y }) => sum + y, 0) / 3,
        ];
        const distance = (a: [number, number], b: [number, number]): number =>
          Math.hypot(a[0] - b[0], a[1] - b[1]);
        const spread = Math.max(...river.map(({ x, y }) => distance([x, y], middle(river))));
        assert.ok(distance(middle(river), middle(money)) > 2 * spread, method);
        assert.equal(map.explained === undefined, method === 'umap');
        assert.ok(map.marks.length >= 2 && map.marks.every(({ x, y }) => Number.isFinite(x + y)));
      }
    });

    it('knows the senses that a reader chose, in lists and in the structure of the map', async () => {
      const chosen = await open();
      const money = wordnet().find('bank%1:14:00::')!;
      const structure = async (): Promise<SenseStructure> =>
        (await engine.ask([chosen], 'map', { senses, method: 'pca' })).map.structure;
      const predicted = await structure();
      assert.ok(predicted.clusters > 1 && predicted.silhouette !== undefined);
      const { uses } = await engine.ask([chosen], 'uses', { senses, asked: undefined });
      chosen.edit([{ version: 2, changes: [{ start: 0, end: 0, text: '# Before\n\n' }] }]);
      const shift = '# Before\n\n'.length;
      chosen.choose(uses.map(({ start, end }) => ({ start: start + shift, end: end + shift, sense: money })));
      assert.deepEqual(
        (await engine.ask([chosen], 'uses', { senses, asked: undefined })).uses.map((use) => [
          use.sense,
          use.probability,
        ]),
        uses.map(() => [money, 1]),
      );
      const one = await structure();
      assert.deepEqual([one.clusters, one.silhouette, one.agreement], [1, undefined, undefined]);
      chosen.choose([]);
      assert.deepEqual(await structure(), predicted);
      chosen.close();
    });

    it('compares two uses: without context they are one', async () => {
      const same = await engine.ask([document], 'comparison', { places: [place(0), place(2)] });
      const other = await engine.ask([document], 'comparison', { places: [place(0), place(1)] });
      assert.ok(Math.abs(same.static - 1) < 1e-5 && Math.abs(other.static - 1) < 1e-5);
      assert.ok(same.comparison.standardised > other.comparison.standardised);
      assert.ok(same.comparison.random!.pairs > 1000);
    });

    it('shows the tagged uses a decision rests on', async () => {
      const asked = ['bank%1:14:00::', 'bank%1:17:01::', 'bank%1:04:00::'].map((key) => inventory.find(key)!);
      const { senses: shown } = await engine.ask([document], 'evidence', { place: place(1), senses: asked });
      assert.deepEqual(shown.map(({ tagged }) => tagged > 0).slice(0, 2), [true, true]);
      for (const { examples } of shown) {
        for (const { text: example, start, end } of examples)
          assert.match(example.slice(start, end), /^banks?$/i);
        const similarities = examples.map(({ similarity }) => similarity);
        assert.deepEqual(
          similarities,
          [...similarities].sort((a, b) => b - a),
        );
      }
      assert.ok(shown[0]!.examples[0]!.similarity > shown[1]!.examples[0]!.similarity);
    });

    it('finds other words near in meaning', async () => {
      const question = { place: place(1), senses, count: 3 };
      const { neighbours } = await engine.ask([document], 'neighbours', question);
      const words = neighbours.map(({ start, end }) => text.slice(start, end));
      assert.equal(words.length, 3);
      assert.ok(!words.includes('bank'));
      assert.ok(words.includes('money') || words.includes('lends'), words.join(' '));
    });

    it('ends when cancelled, and when a document is closed', async () => {
      const signal = AbortSignal.abort();
      await assert.rejects(
        engine.ask([document], 'evidence', { place: place(0), senses }, signal),
        CancelledError,
      );
      const other = await open();
      other.close();
      await assert.rejects(engine.ask([other], 'uses', { senses, asked: undefined }), CancelledError);
    });

    it('answers about the text after an edit', async () => {
      const edited = await open();
      edited.edit([{ version: 2, changes: [{ start: 0, end: 0, text: 'One more bank.\n\n' }] }]);
      const answer = await engine.ask([edited], 'uses', { senses, asked: undefined });
      assert.equal(answer.documents[0]!.version, 2);
      const shift = 'One more bank.\n\n'.length;
      assert.ok(answer.uses.some(({ start }) => start === place(0).start + shift));
      edited.close();
    });
  });
}
