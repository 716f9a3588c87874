import type { LemmaSenses, PartOfSpeech, Sense, SenseId, SenseKey } from '../model';
import type { SenseInventory } from '../ports';
import { BoundedMap } from '../util/boundedMap';
import { type Lexicon, lemmasOf } from '../../languages';
import { type Artifact, ArtifactError, openArtifact, view } from './artifact';
import {
  EXAMPLE_MARK,
  FIRST_PHRASE,
  INVENTORY,
  type InventoryManifest,
  LEX_ID_BITS,
  SATELLITE,
  SATELLITE_TYPE,
  SECTIONS,
  SUPERSENSES,
  SYNSET_BITS,
  SYNSET_ORDER,
  type SectionName,
  checksum,
} from './inventoryFormat';

/** A novel has some twenty thousand distinct forms. */
const REMEMBERED_FORMS = 32_768;
/** First words of multiword lemmas; some begin hundreds. */
const REMEMBERED_STARTS = 8_192;

/**
 * Opens WordNet over the bytes of its artifact, which are read in place: nothing is parsed but the manifest.
 * @param sha256 when given, the contents' digest is compared too
 * @throws ArtifactError when the bytes are not a whole inventory of this format
 */
export function openInventory(bytes: Uint8Array, sha256?: (payload: Uint8Array) => string): SenseInventory {
  const artifact = openArtifact(bytes, INVENTORY, sha256);
  const manifest = artifact.manifest as InventoryManifest;
  checkSections(artifact, manifest);
  return new ArtifactInventory(artifact, manifest);
}

/** The manifest must be the one that was written, and every section as long as it says. */
function checkSections(artifact: Artifact, manifest: InventoryManifest): void {
  const refuse = (what: string): never => {
    throw new ArtifactError(INVENTORY, what);
  };
  const bytes = (name: SectionName): Uint8Array => artifact.section(name);
  // Sections follow one another, with less than eight bytes between them.
  let end = artifact.payload.byteOffset;
  for (const [name, size] of Object.entries(SECTIONS) as [SectionName, number][]) {
    const gap = bytes(name).byteOffset - end;
    if (gap < 0 || gap >= 8 || bytes(name).length % size !== 0) refuse('its header is damaged');
    end += gap + bytes(name).length;
  }
  if (view.uint32(bytes('manifestSum'))[0] !== checksum(JSON.stringify(manifest))) {
    refuse('its header is damaged');
  }
  const { lemmas, senses, synsets } = manifest.counts;
  const starts = [
    ['lemmaStart', lemmas, 'lemmaText'],
    ['lemmaSenseStart', lemmas, 'senses'],
    ['synsetSenseStart', synsets, 'synsetSenses'],
    ['hypernymStart', synsets, 'hypernyms'],
    ['glossStart', synsets, 'glossText'],
  ] as const;
  for (const [name, count, located] of starts) {
    const start = view.uint32(bytes(name));
    const last = bytes(located).length / SECTIONS[located];
    if (start.length !== count + 1 || start[0] !== 0 || start[count] !== last)
      refuse(`its ${located} are damaged`);
  }
  if (bytes('senses').length !== senses * 4 || bytes('lexFiles').length !== synsets) {
    refuse('its senses are damaged');
  }
}

class ArtifactInventory implements SenseInventory {
  readonly edition: string;
  readonly id: string;
  readonly senseCount: number;
  readonly synsetCount: number;

  readonly #lemmaCount: number;
  readonly #synsetEnds: readonly number[];
  /** What each byte of a gloss stands for. */
  readonly #meanings: readonly string[];

  readonly #lemmaStart: Uint32Array;
  readonly #lemmaText: Uint8Array;
  readonly #lemmaSenseStart: Uint32Array;
  readonly #senses: Uint32Array;
  readonly #casingStart: Uint32Array;
  readonly #casingCapitals: Uint8Array;
  readonly #synsetSenseStart: Uint32Array;
  readonly #synsetSenses: Uint32Array;
  readonly #hypernymStart: Uint32Array;
  readonly #hypernyms: Uint32Array;
  readonly #lexFiles: Uint8Array;
  readonly #glossStart: Uint32Array;
  readonly #glossText: Uint8Array;

  readonly #exceptionText: Uint8Array;
  #exceptions: Exceptions | undefined;
  readonly #lexicon: Lexicon = {
    isLemma: (form, partOfSpeech) => {
      const [start, end] = this.#senseRange(form, partOfSpeech);
      return start < end;
    },
    exceptions: (form, partOfSpeech) => {
      return this.#exceptionLists()[partOfSpeech].get(form) ?? [];
    },
  };

  readonly #lemmasOfForms = new BoundedMap<string, readonly LemmaSenses[]>(REMEMBERED_FORMS);
  readonly #multiwords = new BoundedMap<string, ReadonlyMap<string, readonly string[]>>(REMEMBERED_STARTS);

  constructor(artifact: Artifact, manifest: InventoryManifest) {
    const bytes = (name: SectionName): Uint8Array => artifact.section(name);
    const words = (name: SectionName): Uint32Array => view.uint32(artifact.section(name));
    this.edition = manifest.edition;
    this.id = artifact.sha256;
    this.senseCount = manifest.counts.senses;
    this.synsetCount = manifest.counts.synsets;
    this.#lemmaCount = manifest.counts.lemmas;
    this.#synsetEnds = manifest.synsetEnds;
    const characters = Array.from({ length: FIRST_PHRASE }, (_, code) => String.fromCharCode(code));
    this.#meanings = [...characters, ...manifest.phrases];
    this.#lemmaStart = words('lemmaStart');
    this.#lemmaText = bytes('lemmaText');
    this.#lemmaSenseStart = words('lemmaSenseStart');
    this.#senses = words('senses');
    this.#casingStart = words('casingStart');
    this.#casingCapitals = bytes('casingCapitals');
    this.#synsetSenseStart = words('synsetSenseStart');
    this.#synsetSenses = words('synsetSenses');
    this.#hypernymStart = words('hypernymStart');
    this.#hypernyms = words('hypernyms');
    this.#lexFiles = bytes('lexFiles');
    this.#glossStart = words('glossStart');
    this.#glossText = bytes('glossText');
    this.#exceptionText = bytes('exceptions');
  }

  senses(lemma: string, partOfSpeech: PartOfSpeech): readonly SenseId[] {
    const [start, end] = this.#senseRange(lemma, partOfSpeech);
    return Array.from({ length: end - start }, (_, i) => start + i);
  }

  lemmas(form: string, partOfSpeech?: PartOfSpeech): readonly LemmaSenses[] {
    const all = this.#lemmasOfForms.get(form, () =>
      lemmasOf(form, this.#lexicon).map((found) => ({
        ...found,
        senses: this.senses(found.lemma, found.partOfSpeech),
      })),
    );
    return partOfSpeech === undefined ? all : all.filter((found) => found.partOfSpeech === partOfSpeech);
  }

  multiwords(firstWord: string): ReadonlyMap<string, readonly string[]> {
    return this.#multiwords.get(firstWord, () => {
      const continuations = new Map<string, string[]>();
      for (const prefix of firstWord === '' ? [] : [`${firstWord}_`, `${firstWord}-`]) {
        for (let lemma = this.#lowerBound(prefix); lemma < this.#lemmaCount; lemma++) {
          const text = this.#lemma(lemma);
          if (!text.startsWith(prefix)) break;
          const second = text.slice(prefix.length).split(/[_-]/, 1)[0]!;
          const known = continuations.get(second);
          if (known) known.push(text);
          else continuations.set(second, [text]);
        }
      }
      return continuations;
    });
  }

  irregularForms(lemma: string, partOfSpeech: PartOfSpeech): readonly string[] {
    return [...this.#exceptionLists()[partOfSpeech]].flatMap(([form, bases]) =>
      form !== lemma && bases.includes(lemma) ? [form] : [],
    );
  }

  describe(sense: SenseId): Sense {
    const synset = this.synset(sense);
    const [gloss, ...examples] = this.#gloss(synset);
    return {
      id: sense,
      key: this.key(sense),
      lemma: this.#spelling(sense),
      partOfSpeech: this.#synsetPartOfSpeech(synset),
      gloss,
      examples,
      synonyms: this.synsetSenses(synset)
        .filter((other) => other !== sense)
        .map((other) => this.#spelling(other)),
      supersense: SUPERSENSES[this.#lexFile(synset)]!,
    };
  }

  key(sense: SenseId): SenseKey {
    const synset = this.synset(sense);
    const type = this.#isSatellite(synset) ? SATELLITE_TYPE : this.#partOfSpeechIndex(synset) + 1;
    const place = `${type}:${twoDigits(this.#lexFile(synset))}:${twoDigits(this.#lexId(sense))}`;
    return `${this.#lemma(this.#lemmaOf(sense))}%${place}:${this.#headOf(synset)}`;
  }

  find(key: SenseKey): SenseId | undefined {
    const [, lemma, type, lexFile, lexId] = /^([^%]+)%([1-5]):(\d\d):(\d\d):/.exec(key) ?? [];
    if (lemma === undefined) return undefined;
    const partOfSpeech = Number(type) === SATELLITE_TYPE ? 'adj' : SYNSET_ORDER[Number(type) - 1]!;
    const [start, end] = this.#senseRange(lemma, partOfSpeech);
    for (let sense = start; sense < end; sense++) {
      const near =
        this.#lexId(sense) === Number(lexId) && this.#lexFile(this.synset(sense)) === Number(lexFile);
      if (near && this.key(sense) === key) return sense;
    }
    return undefined;
  }

  partOfSpeech(sense: SenseId): PartOfSpeech {
    return this.#synsetPartOfSpeech(this.synset(sense));
  }

  isCapitalised(sense: SenseId): boolean {
    return this.#casing(sense) !== 0;
  }

  synset(sense: SenseId): number {
    return this.#packed(sense) & ((1 << SYNSET_BITS) - 1);
  }

  synsetSenses(synset: number): readonly SenseId[] {
    return [...this.#list(this.#synsetSenseStart, this.#synsetSenses, synset)];
  }

  hypernyms(synset: number): readonly number[] {
    return [...this.#list(this.#hypernymStart, this.#hypernyms, synset)];
  }

  synsetGloss(synset: number): { readonly lemmas: readonly string[]; readonly gloss: string } {
    const lemmas = this.synsetSenses(synset).map((sense) => this.#spelling(sense));
    return { lemmas, gloss: this.#gloss(synset)[0] };
  }

  #exceptionLists(): Exceptions {
    return (this.#exceptions ??= parseExceptions(ascii(this.#exceptionText)));
  }

  /** Half-open range of a lemma's senses of one part of speech, which are neighbours; empty if none. */
  #senseRange(lemma: string, partOfSpeech: PartOfSpeech): readonly [start: SenseId, end: SenseId] {
    const index = this.#findLemma(lemma);
    if (index === undefined) return [0, 0];
    const place = SYNSET_ORDER.indexOf(partOfSpeech);
    const synsetStart = place === 0 ? 0 : this.#synsetEnds[place - 1]!;
    const synsetEnd = this.#synsetEnds[place]!;
    let end = this.#lemmaSenseStart[index + 1]!;
    let start = this.#lemmaSenseStart[index]!;
    while (start < end && this.synset(start) < synsetStart) start++;
    while (start < end && this.synset(end - 1) >= synsetEnd) end--;
    return [start, end];
  }

  #findLemma(form: string): number | undefined {
    const index = this.#lowerBound(form);
    return index < this.#lemmaCount && this.#compareLemma(index, form) === 0 ? index : undefined;
  }

  /** First lemma that does not sort before the form. */
  #lowerBound(form: string): number {
    let low = 0;
    let high = this.#lemmaCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compareLemma(middle, form) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Negative, zero or positive as the lemma sorts before, equals or sorts after the form. */
  #compareLemma(index: number, form: string): number {
    const start = this.#lemmaStart[index]!;
    const length = this.#lemmaStart[index + 1]! - start;
    const common = Math.min(length, form.length);
    for (let i = 0; i < common; i++) {
      const difference = this.#lemmaText[start + i]! - form.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return length - form.length;
  }

  #lemma(index: number): string {
    return ascii(this.#list(this.#lemmaStart, this.#lemmaText, index));
  }

  /** Index of a sense's lemma: the last one whose senses start at or before it. */
  #lemmaOf(sense: SenseId): number {
    let low = 0;
    let high = this.#lemmaCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#lemmaSenseStart[middle]! > sense) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  #spelling(sense: SenseId): string {
    const lemma = this.#lemma(this.#lemmaOf(sense));
    const casing = this.#casing(sense);
    if (casing === 0) return lemma;
    const letters = [...lemma];
    for (const i of this.#list(this.#casingStart, this.#casingCapitals, casing)) {
      letters[i] = letters[i]!.toUpperCase();
    }
    return letters.join('');
  }

  /** @throws RangeError when there is no such sense */
  #packed(sense: SenseId): number {
    const packed = this.#senses[sense];
    if (packed === undefined) throw new RangeError(`WordNet ${this.edition} has no sense ${sense}.`);
    return packed;
  }

  #lexId(sense: SenseId): number {
    return (this.#packed(sense) >>> SYNSET_BITS) & ((1 << LEX_ID_BITS) - 1);
  }

  #casing(sense: SenseId): number {
    return this.#packed(sense) >>> (SYNSET_BITS + LEX_ID_BITS);
  }

  #lexFile(synset: number): number {
    return this.#lexFiles[synset]! & ~SATELLITE;
  }

  #isSatellite(synset: number): boolean {
    return (this.#lexFiles[synset]! & SATELLITE) !== 0;
  }

  #partOfSpeechIndex(synset: number): number {
    return this.#synsetEnds.findIndex((end) => synset < end);
  }

  #synsetPartOfSpeech(synset: number): PartOfSpeech {
    return SYNSET_ORDER[this.#partOfSpeechIndex(synset)]!;
  }

  /** `head_word:head_id` of a sense key: the first word of the cluster's head, for a satellite only. */
  #headOf(synset: number): string {
    if (!this.#isSatellite(synset)) return ':';
    const [head] = this.#list(this.#hypernymStart, this.#hypernyms, synset);
    const word = this.#synsetSenses[this.#synsetSenseStart[head!]!]!;
    return `${this.#lemma(this.#lemmaOf(word))}:${twoDigits(this.#lexId(word))}`;
  }

  /** Gloss, then examples. */
  #gloss(synset: number): [gloss: string, ...examples: string[]] {
    let text = '';
    for (const code of this.#list(this.#glossStart, this.#glossText, synset)) text += this.#meanings[code]!;
    return text.split(EXAMPLE_MARK) as [string, ...string[]];
  }

  /**
   * Part of a section that belongs to one lemma, casing or synset.
   * @throws RangeError when there is none of this number
   */
  #list<T extends Uint8Array | Uint32Array>(starts: Uint32Array, values: T, index: number): T {
    const start = starts[index];
    const end = starts[index + 1];
    if (start === undefined || end === undefined) {
      throw new RangeError(`WordNet ${this.edition} has no entry ${index}.`);
    }
    return values.subarray(start, end) as T;
  }
}

type Exceptions = Readonly<Record<PartOfSpeech, ReadonlyMap<string, readonly string[]>>>;

/** Six thousand lines: a few milliseconds, at the first form that is looked up. */
function parseExceptions(text: string): Exceptions {
  const lists = text.split('\n\n').map(
    (list) =>
      new Map(
        list.split('\n').map((line) => {
          const [form = '', ...bases] = line.split(' ');
          return [form, bases] as const;
        }),
      ),
  );
  const [noun, verb, adj, adv] = lists as [Map<string, string[]>, ...Map<string, string[]>[]];
  return { noun, verb: verb!, adj: adj!, adv: adv! };
}

/** Bytes as characters, in slices, since every byte becomes an argument on the stack. */
function ascii(bytes: Uint8Array): string {
  const SLICE = 8192;
  let text = '';
  for (let start = 0; start < bytes.length; start += SLICE) {
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(start, start + SLICE)) as string;
  }
  return text;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
