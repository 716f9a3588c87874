import type { ArtifactKind } from './artifact';

/**
 * Layout of the inventory artifact for any language. The layout for WordNet (inventoryFormat.ts) is smaller, and can hold
 * WordNet only. Text is stored as UTF-16 code units of two bytes, so that no decoder is needed and units sort as JavaScript
 * sorts texts. Sense keys may be any text; a synset may lack a supersense.
 */

export const GENERAL_INVENTORY: ArtifactKind = {
  kind: 'sense inventory',
  version: 1,
  remedy: 'Make it again, or get another copy.',
};

export interface GeneralManifest {
  /** Code of the language: the inventory can only be opened with the rules of this one. */
  readonly language: string;
  /** Name and version of the inventory, as they are shown to readers. */
  readonly edition: string;
  readonly counts: { readonly lemmas: number; readonly senses: number; readonly synsets: number };
  /** Per part of speech of SYNSET_ORDER, the end (exclusive) of its synset indices. */
  readonly synsetEnds: readonly number[];
  /** Names of supersenses; section `supersenses` refers to them by index plus one. */
  readonly supersenses: readonly string[];
  readonly licence: string;
}

/** Sections in the order of the file, and the bytes of one element; for `...Start` see `SECTIONS` in inventoryFormat.ts. */
export const GENERAL_SECTIONS = {
  /** Per lemma, where its text starts. Lemmas are normalised and sorted. */
  lemmaStart: 4,
  lemmaText: 2,
  /** Per lemma, its first sense: senses are numbered by lemma, part of speech and the order they were given in. */
  lemmaSenseStart: 4,
  /** Per sense, its synset. */
  senses: 4,
  /** Per sense, where the spelling of its lemma starts: case and letters kept, `_` between words. */
  spellingStart: 4,
  spellingText: 2,
  keyStart: 4,
  keyText: 2,
  /** Senses in the order of their keys. */
  keyOrder: 4,
  /** Per synset, where the list of its senses starts. */
  synsetSenseStart: 4,
  synsetSenses: 4,
  /** Per synset, where the list of its hypernyms starts. */
  hypernymStart: 4,
  hypernyms: 4,
  /** Per synset, 0 or one more than the place of its supersense in the manifest. */
  supersenses: 1,
  /** Per synset, where its text starts: gloss and examples, EXAMPLE_MARK between. */
  glossStart: 4,
  glossText: 2,
  /** Irregular forms by part of speech in SYNSET_ORDER, parted by empty lines; a line is a form and its bases. */
  exceptions: 2,
  /** `manifestSum` of the manifest. */
  manifestSum: 4,
} as const;
