import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECIPE_NAMES } from '../../src/core/senses/recipes';
import type { SenseIndexManifest } from '../../src/core/senses/senseIndex';
import { places, SHARED } from '../support/artifacts';
import { cli } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

describe('glossight embed', () => {
  const inFolder = temporaryFolder();
  const text = 'The *bank* lends money.\n\nA second paragraph.\n';

  it('prints a vector for every word, with its offsets', async () => {
    writeFileSync(inFolder('a.md'), text);
    for (const scale of ['raw', 'standardised']) {
      const { code, stdout } = await cli(['embed', '--vectors', scale, inFolder('a.md')]);
      assert.equal(code, 0);
      const words = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { start: number; end: number; text: string; vector: number[] });
      assert.deepEqual(
        words.map(({ start, end }) => text.slice(start, end)),
        ['The', 'bank', 'lends', 'money', 'A', 'second', 'paragraph'],
      );
      assert.ok(words.every(({ vector }) => vector.length === 384 && vector.every(Number.isFinite)));
    }
  });

  it('writes the same rows for NumPy, and what they are beside them', async () => {
    writeFileSync(inFolder('a.md'), text);
    const out = inFolder('a.npy');
    assert.equal((await cli(['embed', '--format', 'npy', '--out', out, inFolder('a.md')])).code, 0);
    const bytes = readFileSync(out);
    assert.equal(bytes.subarray(0, 8).toString('latin1'), '\u0093NUMPY\u0001\u0000');
    const header = bytes.subarray(10, 10 + bytes.readUInt16LE(8)).toString('latin1');
    assert.match(header, /'descr': '<f4', 'fortran_order': False, 'shape': \(7, 384\), \} *\n$/);
    assert.equal(bytes.length, 128 + 7 * 384 * 4);
    const { stdout } = await cli(['embed', inFolder('a.md')]);
    const first = JSON.parse(stdout.split('\n')[0]!) as { vector: number[] };
    assert.equal(bytes.readFloatLE(128), Math.fround(first.vector[0]!));
    const lines = readFileSync(inFolder('a.jsonl'), 'utf8').trim().split('\n');
    assert.deepEqual(JSON.parse(lines[1]!), { start: 5, end: 9, text: 'bank' });
    assert.ok(!existsSync(`${out}.partial`));
  });
});

describe('glossight index', () => {
  for (const recipe of RECIPE_NAMES) {
    it(`tells what the shipped index was made from, and checks it (${recipe})`, async () => {
      const info = await cli(['index', 'info', '--json', places.index(recipe)]);
      const manifest = JSON.parse(info.stdout) as SenseIndexManifest;
      assert.equal(manifest.layer, 'mean4');
      assert.equal(manifest.trained, recipe === 'default');
      assert.equal(manifest.dimensions, 384);
      assert.ok(manifest.licences.length >= 3);
      const { code, stdout } = await cli(['index', 'verify', places.index(recipe)]);
      assert.equal(code, 0);
      assert.match(stdout, /is whole/);
    });
  }
});

describe('glossight eval', () => {
  const inFolder = temporaryFolder();

  it('scores tagged sentences', async () => {
    const token = (text: string, key?: string): object => ({
      text,
      lemma: text,
      pos: key ? 'NOUN' : 'X',
      ...(key ? { keys: [key] } : {}),
    });
    const line = (id: string, words: object[]): string => JSON.stringify({ id, doc: id, tokens: words });
    const data = inFolder('data.jsonl');
    const river = line('s1', [
      token('The'),
      token('bank', 'bank%1:17:01::'),
      ...['of', 'the', 'river', 'was', 'steep', '.'].map((text) => token(text)),
    ]);
    const never = line('s2', [token('The'), token('bank', 'bank%1:04:00::'), token('lends'), token('money')]);
    writeFileSync(data, `${river}\n${never}\n`);
    const { code, stdout } = await cli(['eval', '--data', data, '--json']);
    assert.equal(code, 0);
    const { wordsPerSecond, ...scores } = JSON.parse(stdout) as Record<string, unknown>;
    assert.ok(Number(wordsPerSecond) > 0);
    assert.deepEqual(scores, {
      f1: { all: 50, noun: 50, verb: null, adj: null, adv: null },
      polysemous: 50,
      unseen: 0,
      instances: 2,
      answered: 2,
    });
    const raw = JSON.parse((await cli(['eval', '--raw', '--data', data, '--json'])).stdout) as {
      f1: { all: number };
    };
    assert.equal(raw.f1.all, 50);
  });

  it('answers for a word in a multiword unit, for the unit and for a name, from plain text', async () => {
    const plain = (text: string): object => ({ text, lemma: text, pos: 'X' });
    const noun = (text: string, key: string): object => ({
      ...{ text, lemma: key.slice(0, key.indexOf('%')), pos: 'NOUN' },
      keys: [key],
    });
    const sentences = [
      ['They bought an electric'.split(' ').map(plain), noun('guitar', 'guitar%1:06:00::')],
      ['They bought an'.split(' ').map(plain), noun('electric guitar', 'electric_guitar%1:06:00::')],
      ['They wrote to'.split(' ').map(plain), noun('Harold Snorkhuber', 'person%1:03:00::')],
    ].map((parts, i) => ({ id: `s${i}`, doc: `d${i}`, tokens: [...parts.flat(), plain('.')] }));
    const data = inFolder('units.jsonl');
    writeFileSync(data, sentences.map((sentence) => `${JSON.stringify(sentence)}\n`).join(''));
    const { stdout } = await cli(['eval', '--raw', '--data', data, '--json']);
    const { f1, answered } = JSON.parse(stdout) as { f1: { all: number }; answered: number };
    assert.equal(answered, 3);
    assert.equal(f1.all, 100);
  });

  it('reads the unified-evaluation XML, and every switch', async function () {
    const xml = path.join(SHARED, 'dev', 'semeval2007.data.xml');
    if (!existsSync(xml)) {
      console.warn('      SKIPPED: ../shared/data is not there.');
      this.skip();
    }
    const score = async (...more: string[]): Promise<number> => {
      const gold = path.join(SHARED, 'dev', 'semeval2007.gold.key.txt');
      const { code, stdout, stderr } = await cli(['eval', '--data', xml, '--gold', gold, '--json', ...more]);
      assert.equal(code, 0, stderr);
      const { f1, instances } = JSON.parse(stdout) as { f1: { all: number }; instances: number };
      assert.equal(instances, 455);
      return f1.all;
    };
    // The published first-sense baseline of this set, which context must beat.
    assert.equal(await score('--vectors', 'static'), 55.2);
    assert.ok((await score()) > 60);
    assert.ok((await score('--raw')) > 55.2);
    const textbook = await score('--recipe', 'textbook');
    assert.ok(textbook > 55.2 && textbook < (await score()));
    // The answers differ, even if as many of them are right.
    assert.ok(Math.abs((await score('--recipe', 'textbook', '--vectors', 'raw')) - textbook) < 3);
    // Averages, since these switches change nothing for trained sense vectors.
    assert.equal(await score('--prior', 'off', '--gloss', 'off'), await score());
  });
});
