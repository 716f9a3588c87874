import type { Language } from '../language';
import type { SenseId, SenseKey } from '../model';
import { type Artifact, ArtifactError, view } from './artifact';
import { ArtifactInventory, checkSections } from './artifactInventory';
import {
  FIRST_PHRASE,
  INVENTORY,
  type InventoryManifest,
  LEX_ID_BITS,
  SATELLITE,
  SATELLITE_TYPE,
  SECTIONS,
  type SectionName,
  SUPERSENSES,
  SYNSET_BITS,
  SYNSET_ORDER,
} from './inventoryFormat';
import { ListTable, TextTable } from './tables';

/** Opens WordNet in the format it ships in. @throws ArtifactError */
export function openWordNet(artifact: Artifact, language: Language): ArtifactInventory {
  checkSections(artifact, INVENTORY, SECTIONS, ({ lemmas, synsets }) => [
    ['lemmaStart', lemmas, 'lemmaText'],
    ['lemmaSenseStart', lemmas, 'senses'],
    ['synsetSenseStart', synsets, 'synsetSenses'],
    ['hypernymStart', synsets, 'hypernyms'],
    ['glossStart', synsets, 'glossText'],
  ]);
  const { senses, synsets } = (artifact.manifest as InventoryManifest).counts;
  if (artifact.section('senses').length !== senses * 4 || artifact.section('lexFiles').length !== synsets) {
    throw new ArtifactError(INVENTORY, 'its senses are damaged');
  }
  return new WordNetInventory(artifact, language);
}

class WordNetInventory extends ArtifactInventory {
  /** The text that each byte of a gloss stands for. */
  readonly #meanings: readonly string[];
  readonly #senses: Uint32Array;
  readonly #casings: ListTable<Uint8Array>;
  readonly #lexFiles: Uint8Array;
  readonly #glosses: ListTable<Uint8Array>;

  constructor(artifact: Artifact, language: Language) {
    const manifest = artifact.manifest as InventoryManifest;
    const bytes = (name: SectionName): Uint8Array => artifact.section(name);
    const words = (name: SectionName): Uint32Array => view.uint32(artifact.section(name));
    const lemmas = new TextTable(words('lemmaStart'), bytes('lemmaText'));
    super(artifact, manifest, language, lemmas, bytes('exceptions'));
    const characters = Array.from({ length: FIRST_PHRASE }, (_, code) => String.fromCharCode(code));
    this.#meanings = [...characters, ...manifest.phrases];
    this.#senses = words('senses');
    this.#casings = new ListTable(words('casingStart'), bytes('casingCapitals'));
    this.#lexFiles = bytes('lexFiles');
    this.#glosses = new ListTable(words('glossStart'), bytes('glossText'));
  }

  key(sense: SenseId): SenseKey {
    const synset = this.synset(sense);
    const type = this.#isSatellite(synset) ? SATELLITE_TYPE : this.partOfSpeechIndex(synset) + 1;
    const place = `${type}:${twoDigits(this.#lexFile(synset))}:${twoDigits(this.#lexId(sense))}`;
    return `${this.lemma(sense)}%${place}:${this.#headOf(synset)}`;
  }

  find(key: SenseKey): SenseId | undefined {
    const [, lemma, type, lexFile, lexId] = /^([^%]+)%([1-5]):(\d\d):(\d\d):/.exec(key) ?? [];
    if (lemma === undefined) return undefined;
    const partOfSpeech = Number(type) === SATELLITE_TYPE ? 'adj' : SYNSET_ORDER[Number(type) - 1]!;
    const [start, end] = this.senseRange(lemma, partOfSpeech);
    for (let sense = start; sense < end; sense++) {
      const near =
        this.#lexId(sense) === Number(lexId) && this.#lexFile(this.synset(sense)) === Number(lexFile);
      if (near && this.key(sense) === key) return sense;
    }
    return undefined;
  }

  isCapitalised(sense: SenseId): boolean {
    return this.#casing(sense) !== 0;
  }

  synset(sense: SenseId): number {
    return this.#packed(sense) & ((1 << SYNSET_BITS) - 1);
  }

  protected spelling(sense: SenseId): string {
    const lemma = this.lemma(sense);
    const casing = this.#casing(sense);
    if (casing === 0) return lemma;
    const letters = [...lemma];
    for (const i of this.#casings.at(casing)) letters[i] = letters[i]!.toUpperCase();
    return letters.join('');
  }

  protected supersense(synset: number): string {
    return SUPERSENSES[this.#lexFile(synset)]!;
  }

  protected glossText(synset: number): string {
    let text = '';
    for (const code of this.#glosses.at(synset)) text += this.#meanings[code]!;
    return text;
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

  /** `head_word:head_id` of a sense key: the first word of the cluster's head, for a satellite only. */
  #headOf(synset: number): string {
    if (!this.#isSatellite(synset)) return ':';
    const [head] = this.hypernymLists.at(synset);
    const word = this.synsetSenseLists.at(head!)[0]!;
    return `${this.lemma(word)}:${twoDigits(this.#lexId(word))}`;
  }
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
