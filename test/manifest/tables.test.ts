import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadManifest } from '../../src/node/files/dataFiles';
import { places } from '../support/artifacts';

const root = path.resolve(__dirname, '..', '..');
const { id, encoder } = loadManifest(places.manifest);

/** Tables whose figures no model changes. */
const INDEPENDENT = [
  'docs/anisotropy.md table:published',
  'docs/anisotropy.md table:untrained',
  'docs/encoder.md table:cache',
  'docs/evaluation.md table:data',
  // A table of training runs, none of which is the model that ships.
  'docs/model.md table:runs',
  'docs/words.md table:tagger-speed',
];
const MARKER = /^<!-- (golden|table:[\w-]+)(?: (\S+))? -->$/gm;

interface Table {
  readonly name: string;
  readonly stamp: string | undefined;
}

function tables(): readonly Table[] {
  const pages = readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  return ['README.md', ...pages].flatMap((page) =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(MARKER)].map(([, name, stamp]) => ({
      name: `${page} ${name!}`,
      stamp,
    })),
  );
}

describe('the tables of the documentation', () => {
  it('are of the model that ships', () => {
    const all = tables();
    assert.ok(all.length > 30);
    const current = new Set([`model:${id}`, `encoder:${encoder.id}`, `encoder:${encoder.id.split('@')[0]!}`]);
    const stale = all.filter(({ stamp = '' }) => stamp !== 'model:none' && !current.has(stamp));
    assert.deepEqual(
      stale.map(({ name, stamp }) => `${name} is of ${stamp ?? 'an unknown model'}: make it anew`),
      [],
    );
  });

  it('say that no model changes them only where that is so', () => {
    const independent = tables().filter(({ stamp }) => stamp === 'model:none');
    assert.deepEqual(independent.map(({ name }) => name).sort(), INDEPENDENT);
  });
});
