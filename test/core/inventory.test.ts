import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { readWordNetFiles } from '../../scripts/release/wordnetFiles';
import { PARTS_OF_SPEECH } from '../../src/core/model';
import { ArtifactError, openArtifact, packArtifact } from '../../src/core/senses/artifact';
import { openInventory } from '../../src/core/senses/inventory';
import { ENGLISH } from '../../src/languages/english/language';
import { INVENTORY, type InventoryManifest } from '../../src/core/senses/inventoryFormat';
import { wordnet, wordnetBytes } from '../support/artifacts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const REMEDY = 'Reinstall Glossight, or in a clone run npm run wordnet.';

/** The sense a key names, which must exist. */
function sense(key: string): number {
  const id = wordnet().find(key);
  assert.notEqual(id, undefined, key);
  return id!;
}

describe('inventory: all of WordNet 3.0', () => {
  const lines = (name: string): string[][] =>
    readWordNetFiles()
      .get(name)!
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(' '))
      .map((line) => line.trim().split(/ +/));

  it('has the counts that WordNet publishes (wnstats(7WN))', () => {
    const { edition, senseCount, synsetCount } = wordnet();
    assert.deepEqual(
      { edition, senseCount, synsetCount },
      { edition: '3.0', senseCount: 206_941, synsetCount: 117_659 },
    );
  });

  it('gives every key of index.sense back, in the order of its sense numbers', () => {
    const inventory = wordnet();
    const seen = new Set<number>();
    const failures: string[] = [];
    for (const [key = '', , number] of lines('index.sense')) {
      const id = inventory.find(key);
      const ordered =
        id !== undefined &&
        inventory.senses(key.slice(0, key.indexOf('%')), inventory.partOfSpeech(id))[Number(number) - 1];
      if (id === undefined || inventory.key(id) !== key || ordered !== id) failures.push(key);
      else seen.add(id);
    }
    assert.deepEqual(failures, []);
    assert.equal(seen.size, inventory.senseCount);
  });

  it('has the senses of every lemma in the order of the index files', () => {
    const inventory = wordnet();
    const offsets = new Map(lines('index.sense').map(([key = '', offset]) => [key, offset]));
    for (const partOfSpeech of PARTS_OF_SPEECH) {
      for (const fields of lines(`index.${partOfSpeech}`)) {
        const expected = fields.slice(-Number(fields[2]));
        const senses = inventory.senses(fields[0]!, partOfSpeech);
        if (
          senses.some((id, i) => offsets.get(inventory.key(id)) !== expected[i]) ||
          senses.length !== expected.length
        ) {
          assert.fail(`${fields[0]!} ${partOfSpeech}`);
        }
      }
    }
  });

  it('describes every synset, with a gloss and with its senses pointing back to it', () => {
    const inventory = wordnet();
    let examples = 0;
    for (let synset = 0; synset < inventory.synsetCount; synset++) {
      const senses = inventory.synsetSenses(synset);
      assert.ok(senses.length > 0);
      for (const id of senses) if (inventory.synset(id) !== synset) assert.fail(inventory.key(id));
      const described = inventory.describe(senses[0]!);
      if (described.gloss === '' || /[\n\x80-\uffff]/.test(described.gloss)) assert.fail(described.key);
      if (described.examples.includes('')) assert.fail(described.key);
      examples += described.examples.length;
    }
    assert.ok(examples > 48_000);
  });

  it('points hypernyms to synsets of the same part of speech, and satellites to a head', () => {
    const inventory = wordnet();
    for (let synset = 0; synset < inventory.synsetCount; synset++) {
      const [first = -1] = inventory.synsetSenses(synset);
      for (const parent of inventory.hypernyms(synset)) {
        const [other = -1] = inventory.synsetSenses(parent);
        if (inventory.partOfSpeech(first) !== inventory.partOfSpeech(other))
          assert.fail(inventory.key(first));
      }
      const isSatellite = inventory.key(first).includes('%5:');
      if (isSatellite && inventory.hypernyms(synset).length !== 1) assert.fail(inventory.key(first));
    }
  });

  it('is named by the digest of its contents, and carries the licence', () => {
    const { sha256: digest, manifest } = openArtifact(wordnetBytes(), INVENTORY, sha256);
    assert.equal(wordnet().id, digest);
    const { licence } = manifest as InventoryManifest;
    assert.match(
      licence,
      /^WordNet Release 3\.0\n[^]*Princeton University and LICENSEE agrees to preserve same\.$/,
    );
  });
});

describe('inventory: known senses', () => {
  it('describes the first sense of dog', () => {
    const [first = -1] = wordnet().senses('dog', 'noun');
    assert.deepEqual(wordnet().describe(first), {
      id: first,
      key: 'dog%1:05:00::',
      lemma: 'dog',
      partOfSpeech: 'noun',
      gloss:
        'a member of the genus Canis (probably descended from the common wolf) that has been domesticated ' +
        'by man since prehistoric times; occurs in many breeds',
      examples: ['the dog barked all night'],
      synonyms: ['domestic_dog', 'Canis_familiaris'],
      supersense: 'noun.animal',
    });
  });

  it('knows ten banks to name and eight to do', () => {
    assert.equal(wordnet().senses('bank', 'noun').length, 10);
    assert.equal(wordnet().senses('bank', 'verb').length, 8);
    assert.deepEqual(wordnet().senses('bank', 'adv'), []);
    assert.deepEqual(wordnet().senses('Bank', 'noun'), []);
    assert.deepEqual(wordnet().senses('', 'noun'), []);
  });

  const parents: readonly [key: string, lemmas: readonly string[]][] = [
    ['dog%1:05:00::', ['canine', 'domestic_animal']],
    ['london%1:15:00::', ['national_capital']],
    ['entity%1:03:00::', []],
    ['whisper%2:32:00::', ['talk']],
    ['gorgeous%5:00:00:beautiful:00', ['beautiful']],
    ['beautiful%3:00:00::', []],
    ['well%4:02:00::', []],
  ];
  for (const [key, lemmas] of parents) {
    it(`puts ${key} under ${lemmas.join(' and ') || 'nothing'}`, () => {
      const hypernyms = wordnet().hypernyms(wordnet().synset(sense(key)));
      assert.deepEqual(
        hypernyms.map((synset) => wordnet().synsetGloss(synset).lemmas[0]),
        lemmas,
      );
    });
  }

  const supersenses = [
    ['bank%1:14:00::', 'noun.group', 'noun'],
    ['entity%1:03:00::', 'noun.Tops', 'noun'],
    ['take_place%2:30:00::', 'verb.change', 'verb'],
    ['gorgeous%5:00:00:beautiful:00', 'adj.all', 'adj'],
    ['chemical%3:01:00::', 'adj.pert', 'adj'],
    ['well%4:02:00::', 'adv.all', 'adv'],
  ] as const;
  for (const [key, supersense, partOfSpeech] of supersenses) {
    it(`has ${key} in ${supersense}`, () => {
      assert.equal(wordnet().describe(sense(key)).supersense, supersense);
      assert.equal(wordnet().partOfSpeech(sense(key)), partOfSpeech);
    });
  }

  const spellings = [
    ['london%1:15:00::', 'London', true],
    ['national_capital%1:15:00::', 'national_capital', false],
    ['u.s.%1:15:00::', 'U.S.', true],
    ['vitamin_c%1:27:00::', 'vitamin_C', true],
    ['t-shirt%1:06:00::', 'T-shirt', true],
    // WordNet has both Earth and earth.
    ['earth%1:17:00::', 'earth', false],
    // A marker for the place of the adjective, `galore(ip)`, is no part of the lemma.
    ['galore%5:00:00:abundant:00', 'galore', false],
  ] as const;
  for (const [key, lemma, capitalised] of spellings) {
    it(`writes ${key} as ${lemma}`, () => {
      assert.equal(wordnet().describe(sense(key)).lemma, lemma);
      assert.equal(wordnet().isCapitalised(sense(key)), capitalised);
    });
  }

  const glosses: readonly [what: string, key: string, gloss: string, examples: readonly string[]][] = [
    [
      'an author after an example',
      'ungrateful%3:00:00::',
      'not feeling or showing gratitude',
      [
        'ungrateful heirs',
        "How sharper than a serpent's tooth it is / To have a thankless child! - Shakespeare",
      ],
    ],
    [
      'quotes within the definition',
      'stride%1:04:01::',
      'significant progress (especially in the phrase "make strides")',
      ['they made big strides in productivity'],
    ],
    [
      'a quote never opened',
      'post_office%1:14:01::',
      'a local branch where postal services are available',
      [],
    ],
    [
      'a quote never closed',
      'bondage%1:26:01::',
      'the state of being under the control of a force or influence or abstract power',
      [
        'he was in bondage to fear',
        'he sought release from his bondage to Satan',
        'a self freed from the bondage of time',
      ],
    ],
    ['speech in an example', 'drily%4:02:00::', 'in a dry laconic manner', ['"I know that," he said dryly']],
  ];
  for (const [what, key, gloss, examples] of glosses) {
    it(`parts definition from examples: ${what}`, () => {
      const described = wordnet().describe(sense(key));
      assert.deepEqual([described.gloss, described.examples], [gloss, examples]);
    });
  }

  for (const key of [
    '',
    'dog',
    'dog%',
    'dog%1:05:00',
    'dog%1:05:00:: ',
    'Dog%1:05:00::',
    'dog%1:05:99::',
    'dog%2:05:00::',
    'dog%6:05:00::',
    'gorgeous%5:00:00::',
    'gorgeous%5:00:00:beautiful:01',
    'nosuchlemma%1:05:00::',
  ]) {
    it(`finds nothing for the key ${JSON.stringify(key)}`, () => {
      assert.equal(wordnet().find(key), undefined);
    });
  }

  for (const id of [-1, 206_941, 0.5, NaN]) {
    it(`refuses the sense ${id}`, () => {
      assert.throws(() => wordnet().describe(id), RangeError);
      assert.throws(() => wordnet().key(id), RangeError);
    });
  }
  it('refuses a synset that is not there', () => {
    assert.throws(() => wordnet().synsetGloss(117_659), RangeError);
    assert.throws(() => wordnet().hypernyms(-1), RangeError);
  });
});

describe('inventory: forms', () => {
  it('gives lemmas of every part of speech, or of one', () => {
    const found = wordnet().lemmas('found');
    assert.deepEqual(
      found.map(({ lemma, partOfSpeech, senses }) => [partOfSpeech, lemma, senses.length]),
      [
        ['noun', 'found', 1],
        ['verb', 'find', 16],
        ['verb', 'found', 3],
        ['adj', 'found', 1],
      ],
    );
    assert.deepEqual(
      wordnet().lemmas('found', 'verb'),
      found.filter(({ partOfSpeech }) => partOfSpeech === 'verb'),
    );
  });

  const multiwords = [
    ['mother', 'in', ['mother-in-law']],
    ['take', 'place', ['take_place']],
    ['took', 'place', []],
    ['nosuchword', 'in', []],
    ['', '', []],
  ] as const;
  for (const [first, second, lemmas] of multiwords) {
    it(`knows the lemmas that start with "${first} ${second}"`, () => {
      const found = wordnet().multiwords(first).get(second) ?? [];
      for (const lemma of lemmas) assert.ok(found.includes(lemma), found.join());
      if (lemmas.length === 0) assert.deepEqual(found, []);
    });
  }

  it('never fails on any text, and every lemma it gives has senses', () => {
    const inventory = wordnet();
    const words = fc.constantFrom(
      'took',
      'place',
      'mothers',
      'in',
      'law',
      'Mr.',
      'boxesful',
      'ful',
      "'s",
      'é',
      'İ',
    );
    const joined = fc.array(fc.tuple(words, fc.constantFrom(' ', '_', '-', '.', '')), { maxLength: 12 });
    const form = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'aeinrst_- .\ud800') }),
      joined.map((parts) => parts.flat().join('')),
    );
    fc.assert(
      fc.property(form, (text) => {
        for (const { lemma, partOfSpeech, senses } of inventory.lemmas(text)) {
          assert.ok(senses.length > 0);
          assert.deepEqual(inventory.senses(lemma, partOfSpeech), senses);
          for (const id of senses) assert.equal(inventory.key(id).split('%')[0], lemma);
        }
        inventory.multiwords(text);
        inventory.find(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('inventory: damage', () => {
  const bytes = wordnetBytes();
  const refused = (damaged: Uint8Array, what: RegExp): void => {
    assert.throws(
      () => openInventory(damaged, ENGLISH),
      (error: unknown) => {
        assert.ok(error instanceof ArtifactError, String(error));
        assert.match(error.message, /WordNet inventory/);
        assert.match(error.message, what);
        assert.ok(error.message.endsWith(REMEDY), error.message);
        return true;
      },
    );
  };
  const changed = (at: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at] = value;
    return copy;
  };
  /** Offset of the header's text after a piece of it. */
  const after = (piece: string): number =>
    Buffer.from(bytes.buffer, bytes.byteOffset, 8192).indexOf(piece) + piece.length;

  it('refuses an empty file', () => {
    refused(new Uint8Array(), /empty/);
  });
  for (const length of [1, 9, 12, 14, 100, 4000, 100_000, 5_000_000]) {
    it(`refuses a file cut off after ${length} bytes`, () => {
      refused(bytes.subarray(0, length), /cut short|not a Glossight artifact/);
    });
  }
  it('refuses a file that lacks its last byte, or has one more', () => {
    refused(bytes.subarray(0, -1), /cut short/);
    refused(Buffer.concat([bytes, Uint8Array.of(0)]), /past its end/);
  });
  it('refuses another kind of file', () => {
    refused(changed(0, 0x50), /not a Glossight artifact/);
    refused(Buffer.from('PK\u0003\u0004, a zip file, say'), /not a Glossight artifact/);
    const other = packArtifact({ ...INVENTORY, kind: 'sense index' }, {}, {}, sha256);
    refused(other, /holds a sense index/);
  });
  it('refuses another version of the format', () => {
    refused(packArtifact({ ...INVENTORY, version: 2 }, {}, {}, sha256), /version 2/);
  });
  it('refuses an artifact without the sections', () => {
    refused(packArtifact(INVENTORY, {}, {}, sha256), /no section/);
  });
  for (const piece of [
    '"kind":"',
    '"manifest":{',
    '"edition":"',
    '"lemmas":',
    '"phrases":["',
    'WordNet Release ',
    '"senses":{"offset":',
  ]) {
    it(`refuses a header that was changed after ${piece}`, () => {
      refused(changed(after(piece), 0x39), /damaged|holds a|no section|past its end|cut short/);
    });
  }
  it('leaves changed contents to the digest', () => {
    const damaged = changed(bytes.length - 1_000_000, 0xff);
    assert.doesNotThrow(() => openInventory(damaged, ENGLISH));
    assert.throws(() => openInventory(damaged, ENGLISH, sha256), /checksum/);
  });
  it('reads bytes that are not aligned in memory', () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const inventory = openInventory(shifted.subarray(3), ENGLISH);
    assert.equal(inventory.key(inventory.senses('dog', 'noun')[0]!), 'dog%1:05:00::');
  });
});
