import type { Language } from './language';
import type { LemmaSenses, SenseId, Sentence, Span, Tag } from './model';
import type { SenseInventory, Tagger } from './ports';
import type { Paragraph } from './prose/paragraph';

/** A word or multiword unit that the inventory knows, with every lemma that it may be a form of. */
export interface Word extends Span {
  readonly text: string;
  readonly tag: Tag;
  readonly lemmas: readonly LemmaSenses[];
  /** The words in a multiword unit, as they would be found without the unit. */
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
  /** What a proper name probably names: a sense of "person", "location" or "group". */
  readonly of?: SenseId;
}

/** `reader`: abstain when in doubt. `none`: read every form that the inventory lists (for evaluation from plain text). */
export type AbstentionRules = 'reader' | 'none';

/** The words and abstentions of a sentence, in text order. */
export interface FoundWords {
  readonly words: readonly Word[];
  readonly abstentions: readonly Abstention[];
}

/** How names are recognised: a name's vector is close to that of "person", "location" or "group". */
export interface NameRules {
  /** The senses that names are like: those of "person", "location" and "group". */
  senses(inventory: SenseInventory): readonly SenseId[];
  /** Is this sense one known person? Whom a text means by such a name is always in question. */
  isKnownPerson(sense: SenseId, inventory: SenseInventory): boolean;
}

/** Everything that is needed to read texts of a language, apart from the model. */
export interface LanguagePack extends Language {
  /** Is this paragraph in this language? The pipeline asks its packs in order. */
  owns(text: string, kind?: Paragraph['kind']): boolean;
  readonly tagger: Tagger;
  /**
   * The words of one sentence, multiword units of the inventory among them, and the abstentions.
   * @param text the paragraph's text, which the sentence's offsets are in
   */
  findWords(sentence: Sentence, text: string, inventory: SenseInventory, rules: AbstentionRules): FoundWords;
  /** Without these rules the abstention of a name does not say what it names. */
  readonly names?: NameRules;
}
