/**
 * Compiles WordNet 3.0 to model/wordnet/wordnet.bin. The same files always give the same bytes.
 * Tag counts are left out, as they include documents that are held out of all other statistics.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { bytesOf, manifestSum, packArtifact } from '../../src/core/senses/artifact';
import { openInventory } from '../../src/core/senses/inventory';
import { flatten } from '../../src/core/senses/tables';
import { ENGLISH } from '../../src/languages/english/language';
import {
  CASING_BITS,
  EXAMPLE_MARK,
  FIRST_PHRASE,
  INVENTORY,
  LEX_ID_BITS,
  SATELLITE,
  SYNSET_BITS,
  SYNSET_ORDER,
} from '../../src/core/senses/inventoryFormat';
import type { InventoryManifest, SectionName } from '../../src/core/senses/inventoryFormat';
import { readWordNetFiles } from './wordnetFiles';

const FOLDER = fileURLToPath(new URL('../../model/wordnet/', import.meta.url));
const PHRASES = 0x100 - FIRST_PHRASE;

interface Word {
  /** The word as WordNet writes it, without an adjective's marker. */
  readonly spelling: string;
  readonly lexId: number;
}

interface Synset {
  readonly lexFile: number;
  readonly satellite: boolean;
  /** Words by lemma, in WordNet's order. */
  readonly words: ReadonlyMap<string, Word>;
  /** Names of the hypernyms' synsets (`synsetName`). */
  readonly hypernyms: readonly string[];
  readonly gloss: string;
}

/** Name of a synset: an offset is unique only within the data file of its part of speech. */
const synsetName = (partOfSpeech: string, offset: string): string => `${partOfSpeech} ${offset}`;

const files = readWordNetFiles();
const file = (name: string): string => {
  const text = files.get(name);
  if (text === undefined) throw new Error(`The WordNet package has no ${name}.`);
  return text;
};
/** Lines without the licence, whose lines begin with a space. */
const lines = (name: string): string[] =>
  file(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '));

/** One line of a data file (wndb(5WN)). */
function parseSynset(line: string): Synset {
  const [data = '', gloss = ''] = line.split(/ \| (.*)/s);
  const fields = data.split(' ');
  let at = 1;
  const next = (): string => fields[at++]!;
  const lexFile = Number(next());
  const type = next();
  const words = new Map<string, Word>();
  for (let count = parseInt(next(), 16); count > 0; count--) {
    const spelling = next().replace(/\((?:a|p|ip)\)$/, '');
    const lexId = parseInt(next(), 16);
    const lemma = spelling.toLowerCase();
    const earlier = words.get(lemma);
    // 37 synsets have a lemma in two spellings (Moon, moon). index.sense has the lex_id of the first one only. The spelling with
    // fewer capitals is kept, since the word can be written without them.
    const plainer =
      earlier && capitals(earlier.spelling).length <= capitals(spelling).length ? earlier : undefined;
    words.set(lemma, {
      spelling: plainer ? plainer.spelling : spelling,
      lexId: earlier ? earlier.lexId : lexId,
    });
  }
  const hypernyms: string[] = [];
  for (let count = Number(next()); count > 0; count--) {
    const [symbol, offset, partOfSpeech] = [next(), next(), next(), next()];
    if (symbol === '@' || symbol === '@i' || (type === 's' && symbol === '&')) {
      hypernyms.push(synsetName(partOfSpeech, offset));
    }
  }
  return {
    lexFile,
    satellite: type === 's',
    words,
    hypernyms,
    gloss: splitGloss(gloss).join(EXAMPLE_MARK),
  };
}

/** Positions of the capital letters in a word. */
function capitals(spelling: string): number[] {
  return [...spelling].flatMap((letter, i) => (letter === letter.toLowerCase() ? [] : [i]));
}

/**
 * The definition, then the examples without their quotes. Usual form: `definition; "example"; "example"`.
 * About a thousand glosses differ: an author after the example (kept, as in `text - Author`), a remark in
 * brackets (likewise), more of the definition after an example, or a quote that was never opened or closed.
 */
function splitGloss(gloss: string): readonly [string, ...string[]] {
  const definition: string[] = [];
  const examples: string[] = [];
  const tidy = (text: string): string => text.replace(/^[\s;,:]+|[\s;,:]+$/g, '');
  let at = 0;
  while (at < gloss.length) {
    const open = nextOpening(gloss, at);
    const between = tidy(gloss.slice(at, open));
    if (/^[^"]*"$/.test(between) && between !== '"') {
      // Closed but never opened: an example since the last semicolon, unless that leaves no definition.
      const start = definition.length > 0 ? 0 : between.lastIndexOf(';') + 1;
      if (start > 0) definition.push(tidy(between.slice(0, start)));
      (definition.length > 0 ? examples : definition).push(tidy(between.slice(start, -1)));
    } else if (between !== '' && between !== '"') {
      definition.push(between);
    }
    if (open >= gloss.length) break;
    const close = nextClosing(gloss, open + 1);
    at = gloss[close] === '"' ? close + 1 : close;
    const inner = gloss.slice(open + 1, close);
    // With quotes inside, as in `"Listen," he began`, the outer ones are needed to read it.
    let example = inner.includes('"') ? gloss.slice(open, at).trim() : tidy(inner);
    const [after = '', author, remark] = /^\s*(?:-{1,2}\s*([^;"]+)|(\([^)"]*\)))/.exec(gloss.slice(at)) ?? [];
    if (author !== undefined) example += ` - ${tidy(author)}`;
    if (remark !== undefined) example += ` ${remark}`;
    at += after.length;
    if (example !== '') examples.push(example);
  }
  return [definition.join('; '), ...examples];
}

/** Offset of the next example's opening quote, or the gloss's length: outside brackets, after a mark or another example. */
function nextOpening(gloss: string, from: number): number {
  let depth = 0;
  for (let i = from; i < gloss.length; i++) {
    if (gloss[i] === '(') depth++;
    else if (gloss[i] === ')') depth--;
    else if (gloss[i] === '"' && depth <= 0 && /(?:^|[;,:.)"]\s*)$/.test(gloss.slice(0, i))) return i;
  }
  return gloss.length;
}

/** Offset of an example's closing quote; if it has none, of the semicolon or end where the example stops. */
function nextClosing(gloss: string, from: number): number {
  for (let i = gloss.indexOf('"', from); i !== -1; i = gloss.indexOf('"', i + 1)) {
    if (/^\s*(?:$|[;,:.()"-])/.test(gloss.slice(i + 1))) return i;
    if (/;\s*$/.test(gloss.slice(from, i))) return gloss.lastIndexOf(';', i);
  }
  return gloss.length;
}

/**
 * Replaces the commonest pair of neighbouring codes by a new code, PHRASES times (byte-pair encoding). It makes the glosses two
 * fifths shorter, and any gloss can be read without the others.
 */
function compress(texts: readonly string[]): { phrases: string[]; texts: Uint8Array[] } {
  const END = 0;
  let codes: Uint8Array = Uint8Array.from(Buffer.from(texts.map((text) => `${text}\0`).join(''), 'latin1'));
  const meaning = Array.from({ length: FIRST_PHRASE }, (_, code) => String.fromCharCode(code));
  for (let code = FIRST_PHRASE; code < FIRST_PHRASE + PHRASES; code++) {
    const counts = new Uint32Array(0x10000);
    for (let i = 1; i < codes.length; i++) {
      if (codes[i - 1] !== END && codes[i] !== END) counts[(codes[i - 1]! << 8) | codes[i]!]!++;
    }
    const best = counts.reduce((top, count, pair) => (count > counts[top]! ? pair : top), 0);
    const [first, second] = [best >> 8, best & 0xff];
    let length = 0;
    for (let i = 0; i < codes.length; i++) {
      const pair = codes[i] === first && codes[i + 1] === second;
      codes[length++] = pair ? code : codes[i]!;
      if (pair) i++;
    }
    codes = codes.subarray(0, length);
    meaning.push(meaning[first]! + meaning[second]!);
  }
  const compressed: Uint8Array[] = [];
  for (let start = 0; start < codes.length;) {
    const end = codes.indexOf(END, start);
    compressed.push(codes.subarray(start, end));
    start = end + 1;
  }
  return { phrases: meaning.slice(FIRST_PHRASE), texts: compressed };
}

function compile(): Uint8Array {
  for (const [name, text] of files) {
    if (/[^\n\t\x20-\x7e]/.test(text)) throw new Error(`${name} is not plain ASCII text.`);
  }

  const synsets: Synset[] = [];
  const synsetIndex = new Map<string, number>();
  const synsetEnds = SYNSET_ORDER.map((partOfSpeech) => {
    for (const line of lines(`data.${partOfSpeech}`)) {
      // Pointers name parts of speech by letters, n, v, a and r; satellites have the letter a.
      const letter = partOfSpeech === 'adv' ? 'r' : partOfSpeech.charAt(0);
      synsetIndex.set(synsetName(letter, line.slice(0, 8)), synsets.length);
      synsets.push(parseSynset(line));
    }
    return synsets.length;
  });
  const indexOf = (name: string): number => {
    const index = synsetIndex.get(name);
    if (index === undefined) throw new Error(`There is no synset ${name}.`);
    return index;
  };

  /** The synsets of each lemma, by part of speech and then in WordNet's order. */
  const lemmas = new Map<string, number[]>();
  for (const partOfSpeech of SYNSET_ORDER) {
    for (const line of lines(`index.${partOfSpeech}`)) {
      const [lemma = '', letter = '', count = '', ...rest] = line.trim().split(/ +/);
      const offsets = rest.slice(-Number(count));
      const listed = lemmas.get(lemma) ?? [];
      listed.push(...offsets.map((offset) => indexOf(synsetName(letter, offset))));
      lemmas.set(lemma, listed);
    }
  }
  const sorted = [...lemmas.keys()].sort();

  const casings = new Map<string, number>([['', 0]]);
  const senses: number[] = [];
  const senseOf = new Map<string, number>();
  for (const lemma of sorted) {
    for (const synset of lemmas.get(lemma)!) {
      const word = synsets[synset]!.words.get(lemma);
      if (!word) throw new Error(`Synset ${String(synset)} lacks ${lemma}.`);
      const pattern = capitals(word.spelling).join();
      const casing = casings.get(pattern) ?? casings.size;
      casings.set(pattern, casing);
      if (word.lexId >= 1 << LEX_ID_BITS) throw new Error(`lex_id of ${lemma} is too high.`);
      senseOf.set(`${lemma} ${String(synset)}`, senses.length);
      senses.push(((casing << (SYNSET_BITS + LEX_ID_BITS)) | (word.lexId << SYNSET_BITS) | synset) >>> 0);
    }
  }
  if (synsets.length > 1 << SYNSET_BITS) throw new Error('There are too many synsets.');
  if (casings.size > 1 << CASING_BITS) throw new Error('There are too many casings.');

  const lemmaText = flatten(sorted.map((lemma) => Buffer.from(lemma, 'latin1')));
  const lemmaSenses = flatten(sorted.map((lemma) => lemmas.get(lemma)!));
  const casingCapitals = flatten([...casings.keys()].map((key) => (key ? key.split(',').map(Number) : [])));
  const synsetSenses = flatten(
    synsets.map(({ words }, synset) =>
      [...words.keys()].map((lemma) => {
        const sense = senseOf.get(`${lemma} ${String(synset)}`);
        if (sense === undefined) throw new Error(`The index lacks ${lemma}.`);
        return sense;
      }),
    ),
  );
  const hypernyms = flatten(synsets.map((synset) => synset.hypernyms.map(indexOf)));
  const glosses = compress(synsets.map(({ gloss }) => gloss));
  const glossText = flatten(glosses.texts);

  const licence = file('LICENSE').trimEnd();
  const manifest: InventoryManifest = {
    edition: '3.0',
    counts: { lemmas: sorted.length, senses: senses.length, synsets: synsets.length },
    synsetEnds,
    phrases: glosses.phrases,
    licence,
  };
  const sections: Record<SectionName, Uint8Array> = {
    lemmaStart: bytesOf(lemmaText.start),
    lemmaText: Uint8Array.from(lemmaText.values),
    lemmaSenseStart: bytesOf(lemmaSenses.start),
    senses: bytesOf(Uint32Array.from(senses)),
    casingStart: bytesOf(casingCapitals.start),
    casingCapitals: Uint8Array.from(casingCapitals.values),
    synsetSenseStart: bytesOf(synsetSenses.start),
    synsetSenses: bytesOf(Uint32Array.from(synsetSenses.values)),
    hypernymStart: bytesOf(hypernyms.start),
    hypernyms: bytesOf(Uint32Array.from(hypernyms.values)),
    lexFiles: Uint8Array.from(synsets, ({ lexFile, satellite }) => lexFile | (satellite ? SATELLITE : 0)),
    glossStart: bytesOf(glossText.start),
    glossText: Uint8Array.from(glossText.values),
    exceptions: Buffer.from(
      SYNSET_ORDER.map((name) => lines(`${name}.exc`).join('\n')).join('\n\n'),
      'latin1',
    ),
    manifestSum: manifestSum(manifest),
  };
  for (const [name, bytes] of Object.entries(sections)) {
    console.log(`${name.padEnd(18)} ${String(bytes.length).padStart(9)} bytes`);
  }
  return packArtifact(INVENTORY, manifest, sections, sha256);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Checks every key and its order against index.sense, which nothing in the artifact was made from. */
function check(bytes: Uint8Array): void {
  const inventory = openInventory(bytes, ENGLISH);
  const keys = lines('index.sense').map((line) => line.split(' '));
  for (const [key = '', , number] of keys) {
    const sense = inventory.find(key);
    if (sense === undefined || inventory.key(sense) !== key) throw new Error(`The artifact lacks ${key}.`);
    const order = inventory.senses(key.slice(0, key.indexOf('%')), inventory.partOfSpeech(sense));
    if (order[Number(number) - 1] !== sense) throw new Error(`${key} is not sense ${String(number)}.`);
  }
  if (inventory.senseCount !== keys.length) throw new Error('The artifact has senses too many.');
}

const bytes = compile();
check(bytes);
mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, 'wordnet.bin'), bytes);
writeFileSync(join(FOLDER, 'LICENSE.txt'), `${file('LICENSE').trimEnd()}\n`);
console.log(`${'wordnet.bin'.padEnd(18)} ${String(bytes.length).padStart(9)} bytes`);
