import type { LemmaSenses, SenseInventory, Token } from '../../core';
import { isFunctionWord } from './functionWords';
import { normaliseForm } from './lemmas';

/**
 * What a token's capital says: it marks a name, it says nothing (first word, title, emphasis), or there is none. In a unit
 * of several words, `common` is firmer than `none`: "the hills" is never the Hill.
 */
export type CapitalUse = 'name' | 'open' | 'none' | 'common';

/** A unit with a name in it is a name; one that has no capital at all is none. */
export function unitCapital(uses: readonly CapitalUse[]): CapitalUse {
  if (uses.includes('name')) return 'name';
  return uses.includes('open') ? 'open' : 'common';
}

/** What the capital of each token of a sentence says. */
export function capitalUse(tokens: readonly Token[]): CapitalUse[] {
  // In a title, which has no full stop, all words but the function words are capitalised; a capital then says nothing.
  const content = tokens.filter(({ text }) => /^\p{L}/u.test(text) && !isFunctionWord(normaliseForm(text)));
  const title = tokens.at(-1)?.text !== '.' && content.every(({ text }) => /^\p{Lu}/u.test(text));
  let start = true;
  return tokens.map(({ text }, i) => {
    const initial = start;
    // "3. Billing" begins with Billing.
    if (/^\p{L}/u.test(text)) start = false;
    else if (/^["“‘'«:—–([…]$|^--$/u.test(text)) start = true;
    if (!/^\p{Lu}/u.test(text)) return 'none';
    return title || initial || isEmphasis(text) || isNumbered(tokens[i + 1]) ? 'open' : 'name';
  });
}

/** What a number, a Roman one or a letter follows is a label: "in Chapter 3", "Appendix B". */
function isNumbered(next: Token | undefined): boolean {
  return next !== undefined && /^(?:\p{N}+|[IVXLC]+|\p{Lu})$/u.test(next.text);
}

/** A word all in capitals: emphasis, or an abbreviation, which WordNet writes with a capital too. */
function isEmphasis(text: string): boolean {
  return /^\p{Lu}{2,}$/u.test(text);
}

/** A name keeps the senses that WordNet capitalises; a lower-case word keeps the others, if it has any. */
export function fitCapitals(
  lemmas: readonly LemmaSenses[],
  use: CapitalUse,
  inventory: SenseInventory,
): readonly LemmaSenses[] {
  if (use === 'open') return lemmas;
  const keep = (capital: boolean): LemmaSenses[] =>
    lemmas
      .map((entry) => ({
        ...entry,
        senses: entry.senses.filter((sense) => inventory.isCapitalised(sense) === capital),
      }))
      .filter(({ senses }) => senses.length > 0);
  if (use === 'name') return keep(true);
  const common = keep(false);
  return common.length > 0 || use === 'common'
    ? common
    : lemmas.filter((entry) => !isSymbol(entry, inventory));
}

/** Symbols of elements and states, such as Md, are not written with small letters: that is a letter dropped or stuttered. */
function isSymbol({ lemma, senses }: LemmaSenses, inventory: SenseInventory): boolean {
  return lemma.length <= 2 && senses.some((sense) => /%1:(?:15|27):/.test(inventory.key(sense)));
}
