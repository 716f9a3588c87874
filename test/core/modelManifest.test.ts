import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ArtifactError } from '../../src/core/senses/artifact';
import { fittedFor, manifestText, type ModelManifest, parseManifest } from '../../src/core/bundle/manifest';
import { sha256 } from '../../src/node/files/files';
import { places } from '../support/artifacts';

const text = readFileSync(places.manifest, 'utf8');
const digest = (own: string): string => sha256(Buffer.from(own));
const parse = (own: string): ModelManifest => parseManifest(own, digest);
type Json = Record<string, unknown>;

/** The manifest with a field changed, at a path such as `fitted.default.nameCosine`; its id is not. */
function changed(path: string, value: unknown): string {
  const json = JSON.parse(text) as Json;
  const names = path.split('.');
  const last = names.pop()!;
  names.reduce((object, name) => object[name] as Json, json)[last] = value;
  return JSON.stringify(json);
}

describe('the manifest of a model', () => {
  it('comes out as it went in', () => {
    assert.equal(manifestText(parse(text), digest), text);
  });

  const refused: readonly [field: string, value: unknown, message: RegExp][] = [
    ['format', 'other', /format must be "glossight-model", and is "other"/],
    ['version', 2, /its format is version 2, and this Glossight reads version 1/],
    ['encoder.id', undefined, /encoder\.id must be a text, and is nothing/],
    ['indexes.textbook', undefined, /indexes\.textbook must be an object, and is nothing/],
    ['wordnet.sha256', 'abc', /wordnet\.sha256 must be a SHA-256/],
    ['corpus.bytes', '12', /corpus\.bytes must be a number from 1 to \d+, and is "12"/],
    ['licences', ['x', 1], /licences\[1\] must be a text, and is 1/],
    ['fitted.averages', undefined, /fitted\.averages must be an object/],
    ['fitted.default.recipe.sharpness', null, /fitted\.default\.recipe\.sharpness must be a number/],
    ['fitted.default.recipe.unseen', 'none', /must be "left out" or "related", and is "none"/],
    ['fitted.textbook.doubt.unsureBelow', 57, /doubt\.unsureBelow must be a number from 0 to 1, and is 57/],
    ['fitted.default.learning.likeness', 1, /learning\.likeness must be a number from -1 to 0\.999/],
    ['fitted.default.consistency.fiction', {}, /consistency\.fiction\.maximumAgreement must be a number/],
  ];
  for (const [field, value, message] of refused) {
    it(`is refused by the name of what is wrong: ${field}`, () => {
      assert.throws(() => parse(changed(field, value)), { name: 'ArtifactError', message });
    });
  }

  it('is refused when it is no JSON, or no object', () => {
    for (const own of ['', '{', '[]', 'null', '"x"']) assert.throws(() => parse(own), ArtifactError);
  });

  it('has an id that follows from parts and values, and from nothing else', () => {
    const other = /its id is en-\w{12}, and its parts and values give en-\w{12}/;
    assert.throws(() => parse(changed('fitted.default.nameCosine', 0.5)), { message: other });
    assert.throws(() => parse(changed('corpus.sha256', 'a'.repeat(64))), { message: other });
    assert.throws(() => parse(changed('id', 'en-000000000000')), { message: other });
    assert.deepEqual(parse(changed('licences', ['another wording'])).licences, ['another wording']);
  });
});

describe('the values to read with', () => {
  const { fitted } = parse(text);

  it('are those of the kind of sense vectors that an index holds', () => {
    assert.equal(fittedFor({ fitted }, 'default', { trained: true }), fitted.default);
    assert.equal(fittedFor({ fitted }, 'default', { trained: false }), fitted.averages);
    for (const trained of [true, false])
      assert.equal(fittedFor({ fitted }, 'textbook', { trained }), fitted.textbook);
  });

  it('are an index’s own where it has some, if they are whole', () => {
    const own = { ...fitted.averages, nameCosine: 0.125 };
    assert.deepEqual(fittedFor({ fitted }, 'default', { trained: false, fitted: own }), own);
    assert.throws(() => fittedFor({ fitted }, 'default', { trained: false, fitted: { ...own, doubt: {} } }), {
      name: 'ArtifactError',
      message: /sense index cannot be used: fitted\.doubt\.unsureBelow must be a number/,
    });
  });
});
