import type { Language } from '../language';
import type { SenseId, SenseKey } from '../model';
import { lowest } from '../util/search';
import { type Artifact, ArtifactError, view } from './artifact';
import { ArtifactInventory, checkSections } from './artifactInventory';
import { GENERAL_INVENTORY, GENERAL_SECTIONS, type GeneralManifest } from './generalFormat';
import { TextTable } from './tables';

/** An inventory of any language. @throws ArtifactError, also when it is of another language */
export function openGeneral(artifact: Artifact, language: Language): ArtifactInventory {
  const manifest = artifact.manifest as GeneralManifest;
  checkSections(artifact, GENERAL_INVENTORY, GENERAL_SECTIONS, ({ lemmas, senses, synsets }) => [
    ['lemmaStart', lemmas, 'lemmaText'],
    ['lemmaSenseStart', lemmas, 'senses'],
    ['spellingStart', senses, 'spellingText'],
    ['keyStart', senses, 'keyText'],
    ['synsetSenseStart', synsets, 'synsetSenses'],
    ['hypernymStart', synsets, 'hypernyms'],
    ['glossStart', synsets, 'glossText'],
  ]);
  const { senses, synsets } = manifest.counts;
  const isWhole =
    artifact.section('senses').length === senses * 4 &&
    artifact.section('keyOrder').length === senses * 4 &&
    artifact.section('supersenses').length === synsets;
  if (!isWhole) throw new ArtifactError(GENERAL_INVENTORY, 'its senses are damaged');
  if (manifest.language !== language.code) {
    throw new ArtifactError(
      GENERAL_INVENTORY,
      `its language is ${manifest.language}, and it is opened as ${language.code}`,
    );
  }
  return new GeneralInventory(artifact, manifest, language);
}

class GeneralInventory extends ArtifactInventory {
  readonly #supersenseNames: readonly string[];
  readonly #senses: Uint32Array;
  readonly #spellings: TextTable;
  readonly #keys: TextTable;
  readonly #keyOrder: Uint32Array;
  readonly #supersenses: Uint8Array;
  readonly #glosses: TextTable;

  constructor(artifact: Artifact, manifest: GeneralManifest, language: Language) {
    const bytes = (name: keyof typeof GENERAL_SECTIONS): Uint8Array => artifact.section(name);
    const words = (name: keyof typeof GENERAL_SECTIONS): Uint32Array => view.uint32(bytes(name));
    const texts = (start: keyof typeof GENERAL_SECTIONS, text: keyof typeof GENERAL_SECTIONS): TextTable =>
      new TextTable(words(start), view.uint16(bytes(text)));
    super(artifact, manifest, language, texts('lemmaStart', 'lemmaText'), view.uint16(bytes('exceptions')));
    this.#supersenseNames = manifest.supersenses;
    this.#senses = words('senses');
    this.#spellings = texts('spellingStart', 'spellingText');
    this.#keys = texts('keyStart', 'keyText');
    this.#keyOrder = words('keyOrder');
    this.#supersenses = bytes('supersenses');
    this.#glosses = texts('glossStart', 'glossText');
  }

  key(sense: SenseId): SenseKey {
    this.synset(sense);
    return this.#keys.at(sense);
  }

  find(key: SenseKey): SenseId | undefined {
    const order = this.#keyOrder;
    const place = lowest(order.length, (i) => this.#keys.compare(order[i]!, key) >= 0);
    const sense = order[place];
    return sense !== undefined && this.#keys.compare(sense, key) === 0 ? sense : undefined;
  }

  isCapitalised(sense: SenseId): boolean {
    return /\p{Lu}/u.test(this.spelling(sense));
  }

  /** @throws RangeError when there is no such sense */
  synset(sense: SenseId): number {
    const synset = this.#senses[sense];
    if (synset === undefined) throw new RangeError(`${this.edition} has no sense ${sense}.`);
    return synset;
  }

  protected spelling(sense: SenseId): string {
    return this.#spellings.at(sense);
  }

  protected supersense(synset: number): string | undefined {
    return this.#supersenseNames[this.#supersenses[synset]! - 1];
  }

  protected glossText(synset: number): string {
    return this.#glosses.at(synset);
  }
}
