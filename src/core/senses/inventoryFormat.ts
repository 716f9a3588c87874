import type { PartOfSpeech } from '../model';
import type { ArtifactKind } from './artifact';

/**
 * Layout of WordNet's inventory artifact, for the code that compiles it and the code that opens it. For inventories of other
 * languages see generalFormat.ts.
 *
 * All text in it is ASCII (so is WordNet 3.0; the compiler refuses anything else): one byte is one UTF-16
 * code unit, so no decoder is needed and the order of bytes is the order of characters.
 */

export const INVENTORY: ArtifactKind = {
  kind: 'WordNet inventory',
  version: 1,
  remedy: 'Reinstall Glossight, or in a clone run npm run wordnet.',
};

export interface InventoryManifest {
  /** Version of WordNet. */
  readonly edition: string;
  readonly counts: { readonly lemmas: number; readonly senses: number; readonly synsets: number };
  /** Per part of speech of SYNSET_ORDER, the end (exclusive) of its synset indices. */
  readonly synsetEnds: readonly number[];
  /** What the bytes from FIRST_PHRASE on stand for in a gloss. */
  readonly phrases: readonly string[];
  /** Licence of the contents; it demands to be in every copy. */
  readonly licence: string;
}

/** Synsets are numbered by part of speech in this order, so a synset's index tells its part of speech. */
export const SYNSET_ORDER = ['noun', 'verb', 'adj', 'adv'] as const satisfies readonly PartOfSpeech[];

/** The ss_type of a satellite adjective. Any other ss_type is the part of speech's index in SYNSET_ORDER plus 1 (senseidx(5WN)). */
export const SATELLITE_TYPE = 5;

/** Lexicographer files; the index is lex_filenum (lexnames(5WN)). */
export const SUPERSENSES: readonly string[] = [
  ...['adj.all', 'adj.pert', 'adv.all', 'noun.Tops', 'noun.act', 'noun.animal', 'noun.artifact'],
  ...['noun.attribute', 'noun.body', 'noun.cognition', 'noun.communication', 'noun.event', 'noun.feeling'],
  ...['noun.food', 'noun.group', 'noun.location', 'noun.motive', 'noun.object', 'noun.person'],
  ...['noun.phenomenon', 'noun.plant', 'noun.possession', 'noun.process', 'noun.quantity', 'noun.relation'],
  ...['noun.shape', 'noun.state', 'noun.substance', 'noun.time', 'verb.body', 'verb.change'],
  ...['verb.cognition', 'verb.communication', 'verb.competition', 'verb.consumption', 'verb.contact'],
  ...['verb.creation', 'verb.emotion', 'verb.motion', 'verb.perception', 'verb.possession', 'verb.social'],
  ...['verb.stative', 'verb.weather', 'adj.ppl'],
];

/** A sense is one u32: from the lowest bit, synset index, lex_id, and which letters are capitals (0: none). */
export const SYNSET_BITS = 17;
export const LEX_ID_BITS = 4;
export const CASING_BITS = 11;

/** Set in a synset's lex_filenum byte when it is a satellite adjective. */
export const SATELLITE = 0x80;

/** First byte of a gloss that stands for a phrase of the manifest instead of a character. */
export const FIRST_PHRASE = 0x80;

/** Stands between a gloss and its first example, and between examples. */
export const EXAMPLE_MARK = '\n';

/**
 * Sections in the order of the file, and the bytes of one element.
 * A `...Start` section has one element more than the things it locates: the end of the last one.
 */
export const SECTIONS = {
  /** Per lemma, where its text starts. Lemmas are lower case and sorted by bytes. */
  lemmaStart: 4,
  lemmaText: 1,
  /** Per lemma, its first sense: senses are numbered by lemma, part of speech and WordNet's order. */
  lemmaSenseStart: 4,
  /** Per sense: synset, lex_id and casing. */
  senses: 4,
  /** Per casing, where the list of its capitals (positions in the lemma) starts. */
  casingStart: 4,
  casingCapitals: 1,
  /** Per synset, where the list of its senses starts, which is in the synset's word order. */
  synsetSenseStart: 4,
  synsetSenses: 4,
  /** Per synset, where the list of its hypernyms (or its head synset) starts. */
  hypernymStart: 4,
  hypernyms: 4,
  /** Per synset, lex_filenum with SATELLITE. */
  lexFiles: 1,
  /** Per synset, where its text starts: gloss and examples, EXAMPLE_MARK between, phrases as codes. */
  glossStart: 4,
  glossText: 1,
  /** Morphy's exception lists in SYNSET_ORDER, parted by empty lines; a line is a form and its bases. */
  exceptions: 1,
  /** `manifestSum` of the manifest. */
  manifestSum: 4,
} as const;
export type SectionName = keyof typeof SECTIONS;
