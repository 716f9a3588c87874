import type { SenseInventory, Token } from '../../core';
import { isEnglishWord, isForeignWord } from './englishTest';
import { isFunctionWord } from './functionWords';
import { normaliseForm } from './lemmas';

/** Fewer words are no stretch of another language: they may be names, or English has taken them over. */
const FEWEST_WORDS = 3;
/** Of the words of a stretch, how many WordNet does not know or another language is full of. */
const LEAST_SHARE = 0.6;

/**
 * Which tokens belong to a stretch of another language: "He said « le pain est sur la table » and left." A stretch has no frequent
 * English word in it; where no punctuation mark bounds it, it begins and ends with words that are not English.
 */
export function foreignStretches(tokens: readonly Token[], inventory: SenseInventory): ReadonlySet<Token> {
  const foreign = new Set<Token>();
  let stretch: Token[] = [];
  let beginsAtMark = true;
  const close = (endsAtMark: boolean): void => {
    if (stretch.length >= FEWEST_WORDS) {
      const odd = stretch.map((token) => isOdd(token, inventory));
      const words = stretch.slice(
        beginsAtMark ? 0 : odd.indexOf(true),
        endsAtMark ? stretch.length : odd.lastIndexOf(true) + 1,
      );
      const count = odd.filter(Boolean).length;
      if (count >= FEWEST_WORDS && count >= words.length * LEAST_SHARE)
        for (const token of words) foreign.add(token);
    }
    stretch = [];
    beginsAtMark = endsAtMark;
  };
  for (const token of tokens) {
    const form = normaliseForm(token.text);
    if (!/^\p{L}/u.test(token.text)) {
      if (!/^['’-]$/.test(token.text)) close(true);
    } else if (!isForeignWord(form) && (isEnglishWord(form) || isFunctionWord(form))) close(false);
    else stretch.push(token);
  }
  close(true);
  return foreign;
}

/** Is this a word of another language, or unknown? A capitalised word that WordNet does not know is more likely a name. */
function isOdd({ text }: Token, inventory: SenseInventory): boolean {
  const form = normaliseForm(text);
  return isForeignWord(form) || (/^\p{Ll}/u.test(text) && inventory.lemmas(form).length === 0);
}
