import type { Language } from '../language';
import type { PartOfSpeech, SenseKey } from '../model';
import { bytesOf, manifestSum, packArtifact } from './artifact';
import { GENERAL_INVENTORY, GENERAL_SECTIONS, type GeneralManifest } from './generalFormat';
import { EXAMPLE_MARK, SYNSET_ORDER } from './inventoryFormat';
import { flatten } from './tables';

export interface InventorySynset {
  readonly partOfSpeech: PartOfSpeech;
  readonly gloss: string;
  readonly examples?: readonly string[];
  readonly supersense?: string;
  /** Indices in the list of synsets. */
  readonly hypernyms?: readonly number[];
}

export interface InventorySense {
  /** Any text, as long as no other sense has the same. */
  readonly key: SenseKey;
  /** The lemma as it is written, with its capitals; it may have several words. */
  readonly spelling: string;
  /** Index in the list of synsets. */
  readonly synset: number;
}

/** The contents of an inventory of any language. */
export interface InventoryContents {
  readonly language: Language;
  /** Name and version, as they are shown to readers. */
  readonly edition: string;
  readonly licence: string;
  readonly synsets: readonly InventorySynset[];
  /** All senses. Those of one lemma keep this order, and so do those of one synset. */
  readonly senses: readonly InventorySense[];
  /** By part of speech, the bases of irregular forms; forms and bases are normalised. */
  readonly exceptions?: Readonly<Partial<Record<PartOfSpeech, Readonly<Record<string, readonly string[]>>>>>;
}

const MOST_SUPERSENSES = 255;

/**
 * Packs an inventory of any language.
 * @throws Error naming a sense whose key occurs twice, or whose spelling or synset cannot be used
 */
export function packInventory(
  { language, edition, licence, synsets, senses, exceptions = {} }: InventoryContents,
  sha256: (payload: Uint8Array) => string,
): Uint8Array {
  const placeOf = ({ partOfSpeech }: InventorySynset): number => SYNSET_ORDER.indexOf(partOfSpeech);
  const order = synsets.map((_, i) => i).sort((a, b) => placeOf(synsets[a]!) - placeOf(synsets[b]!));
  /** Numbers of synsets in the file, by their index in the contents. */
  const numberOf = new Map(order.map((synset, number) => [synset, number]));
  const numbered = order.map((synset) => synsets[synset]!);

  const keys = new Set<string>();
  const entries = senses.map((sense) => {
    const lemma = language.normalise(sense.spelling);
    const synset = numberOf.get(sense.synset);
    if (keys.has(sense.key)) throw new Error(`Two senses have the key ${sense.key}.`);
    keys.add(sense.key);
    if (lemma === '') throw new Error(`The sense ${sense.key} has no lemma.`);
    if (synset === undefined) throw new Error(`The sense ${sense.key} has no synset.`);
    const spelling = sense.spelling.normalize('NFC').trim().replace(/\s+/g, '_');
    return { ...sense, lemma, synset, spelling, place: placeOf(numbered[synset]!) };
  });
  entries.sort((a, b) => (a.lemma === b.lemma ? a.place - b.place : a.lemma < b.lemma ? -1 : 1));

  const lemmas = [...new Set(entries.map(({ lemma }) => lemma))];
  const sensesOfLemma = new Map(lemmas.map((lemma) => [lemma, [] as number[]]));
  entries.forEach(({ lemma }, sense) => sensesOfLemma.get(lemma)!.push(sense));
  const numberOfKey = new Map(entries.map(({ key }, sense) => [key, sense]));
  const sensesOfSynset = numbered.map((): number[] => []);
  for (const { key, synset } of senses) sensesOfSynset[numberOf.get(synset)!]!.push(numberOfKey.get(key)!);

  const supersenses = [...new Set(numbered.flatMap(({ supersense }) => supersense ?? []))];
  if (supersenses.length > MOST_SUPERSENSES)
    throw new Error(`There are more than ${MOST_SUPERSENSES} supersenses.`);
  const manifest: GeneralManifest = {
    language: language.code,
    edition,
    counts: { lemmas: lemmas.length, senses: entries.length, synsets: numbered.length },
    synsetEnds: SYNSET_ORDER.map((_, place) => numbered.filter((one) => placeOf(one) <= place).length),
    supersenses,
    licence,
  };

  const lemmaText = texts(lemmas);
  const spellingText = texts(entries.map(({ spelling }) => spelling));
  const keyText = texts(entries.map(({ key }) => key));
  const lemmaSenses = flatten(lemmas.map((lemma) => sensesOfLemma.get(lemma)!));
  const synsetSenses = flatten(sensesOfSynset);
  const hypernyms = flatten(
    numbered.map(({ hypernyms: own = [] }) =>
      own.map((synset) => {
        const number = numberOf.get(synset);
        if (number === undefined) throw new Error(`There is no synset ${synset} to be a hypernym.`);
        return number;
      }),
    ),
  );
  const glossText = texts(
    numbered.map(({ gloss, examples = [] }) => [gloss, ...examples].map(oneLine).join(EXAMPLE_MARK)),
  );
  const byKey = entries.map((_, sense) => sense);
  byKey.sort((a, b) => (entries[a]!.key < entries[b]!.key ? -1 : 1));
  const exceptionLists = SYNSET_ORDER.map((partOfSpeech) =>
    Object.entries(exceptions[partOfSpeech] ?? {})
      .map(([form, bases]) => [form, ...bases].join(' '))
      .join('\n'),
  );
  const sections: Record<keyof typeof GENERAL_SECTIONS, Uint8Array> = {
    lemmaStart: bytesOf(lemmaText.start),
    lemmaText: bytesOf(lemmaText.units),
    lemmaSenseStart: bytesOf(lemmaSenses.start),
    senses: bytesOf(Uint32Array.from(entries, ({ synset }) => synset)),
    spellingStart: bytesOf(spellingText.start),
    spellingText: bytesOf(spellingText.units),
    keyStart: bytesOf(keyText.start),
    keyText: bytesOf(keyText.units),
    keyOrder: bytesOf(Uint32Array.from(byKey)),
    synsetSenseStart: bytesOf(synsetSenses.start),
    synsetSenses: bytesOf(Uint32Array.from(synsetSenses.values)),
    hypernymStart: bytesOf(hypernyms.start),
    hypernyms: bytesOf(Uint32Array.from(hypernyms.values)),
    supersenses: Uint8Array.from(numbered, ({ supersense }) =>
      supersense === undefined ? 0 : supersenses.indexOf(supersense) + 1,
    ),
    glossStart: bytesOf(glossText.start),
    glossText: bytesOf(glossText.units),
    exceptions: bytesOf(texts([exceptionLists.join('\n\n')]).units),
    manifestSum: manifestSum(manifest),
  };
  return packArtifact(GENERAL_INVENTORY, manifest, sections, sha256);
}

function texts(all: readonly string[]): { start: Uint32Array; units: Uint16Array } {
  const { start, values } = flatten(
    all.map((text) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))),
  );
  return { start, units: Uint16Array.from(values) };
}

/** A text on one line: it must not contain EXAMPLE_MARK, which is a line feed. */
function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
