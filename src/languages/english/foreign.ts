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
 * English word in it, and begins and ends with words that are not English.
 */
export function foreignStretches(tokens: readonly Token[], inventory: SenseInventory): ReadonlySet<Token> {
  const foreign = new Set<Token>();
  let stretch: { readonly token: Token; readonly odd: boolean }[] = [];
  const close = (): void => {
    while (stretch.length > 0 && !stretch[0]!.odd) stretch.shift();
    while (stretch.length > 0 && !stretch.at(-1)!.odd) stretch.pop();
    const odd = stretch.filter((word) => word.odd).length;
    if (odd >= FEWEST_WORDS && odd >= stretch.length * LEAST_SHARE)
      for (const { token } of stretch) foreign.add(token);
    stretch = [];
  };
  for (const token of tokens) {
    if (!/^\p{L}/u.test(token.text)) {
      if (!/^['’-]$/.test(token.text)) close();
      continue;
    }
    const form = normaliseForm(token.text);
    const known = isForeignWord(form);
    if (!known && (isEnglishWord(form) || isFunctionWord(form))) {
      close();
      continue;
    }
    // A capitalised word that WordNet does not know is more likely a name.
    const odd = known || (/^\p{Ll}/u.test(token.text) && inventory.lemmas(form).length === 0);
    stretch.push({ token, odd });
  }
  close();
  return foreign;
}
