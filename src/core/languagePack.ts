import type { Language } from './language';
import type { LemmaSenses, SenseId, Sentence, Span, Tag } from './model';
import type { SenseInventory, Tagger } from './ports';
import type { Paragraph } from './prose/paragraph';

/** A word or multiword unit that the inventory knows, with every lemma it may stand for. */
export interface Word extends Span {
  readonly text: string;
  readonly tag: Tag;
  readonly lemmas: readonly LemmaSenses[];
  /** The words that a multiword unit is made of, as they would be read without it. */
  readonly parts?: readonly Word[];
  /** Of a unit whose words may as well be meant one by one, as in "looked on the shelf": its vector decides, and these odds. */
  readonly apart?: {
    /** Logarithm of how much oftener such a unit is one than not. */
    readonly logOdds: number;
    /** What is abstained from where it is none. */
    readonly abstentions: readonly Abstention[];
  };
  /**
   * It may be a name of something that the inventory does not list, so the senses of names compete with its own: `likely` where
   * a capital marks names, `possible` where it says little, and the word has to be near to them.
   */
  readonly mayBeName?: 'likely' | 'possible';
}

export const ABSTENTION_REASONS = [
  'function word',
  'auxiliary',
  'proper name',
  'number',
  'not in WordNet',
  'no language pack',
] as const;
export type AbstentionReason = (typeof ABSTENTION_REASONS)[number];

/** Why a word has no annotation. */
export interface Abstention extends Span {
  readonly text: string;
  readonly reason: AbstentionReason;
  /** What a proper name is probably a name of: the sense of a person, a location or a group. */
  readonly of?: SenseId;
}

/** `reader`: abstain when in doubt. `none`: every form the inventory lists is a word (evaluation from plain text). */
export type AbstentionRules = 'reader' | 'none';

/** What a sentence holds, in text order. */
export interface FoundWords {
  readonly words: readonly Word[];
  readonly abstentions: readonly Abstention[];
}

/** How names are told: by their vector, as the words they are like. */
export interface NameRules {
  /** The senses that names are like: those of "person", "location" and "group". */
  senses(inventory: SenseInventory): readonly SenseId[];
  /** Is this sense one known person? Whom a text means by such a name is always in question. */
  isKnownPerson(sense: SenseId, inventory: SenseInventory): boolean;
}

/** All that reading texts of a language takes, but for its model. */
export interface LanguagePack extends Language {
  /** Is this paragraph in this language? The reader asks its packs in order. */
  owns(text: string, kind?: Paragraph['kind']): boolean;
  readonly tagger: Tagger;
  /**
   * The words of one sentence, multiword units of the inventory among them, and the abstentions.
   * @param text the paragraph's text, which the sentence's offsets are in
   */
  findWords(sentence: Sentence, text: string, inventory: SenseInventory, rules: AbstentionRules): FoundWords;
  /** Without them a name is an abstention that does not say of what. */
  readonly names?: NameRules;
}
