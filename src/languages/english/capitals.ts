import type { LemmaSenses, SenseInventory, Token } from '../../core';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';

/**
 * What a token's capital says: it marks a name, nothing (sentence start, title), or there is none. In a unit
 * of several words, `common` is firmer than `none`: "the hills" is never the Hill.
 */
export type CapitalUse = 'name' | 'open' | 'none' | 'common';

/** A unit with a name in it is a name; one that has no capital at all is none. */
export function unitCapital(uses: readonly CapitalUse[]): CapitalUse {
  if (uses.includes('name')) return 'name';
  return uses.includes('open') ? 'open' : 'common';
}

/** What the capital of each token of a sentence says. */
export function capitalUse(tokens: readonly Token[], inventory: SenseInventory): CapitalUse[] {
  // In a title all words but the function words are capitalised; a capital then says nothing.
  const content = tokens.filter(({ text }) => /^\p{L}/u.test(text) && !isFunctionWord(normaliseForm(text)));
  const title = content.length > 1 && content.every(({ text }) => /^\p{Lu}/u.test(text));
  let start = true;
  return tokens.map((token, i) => {
    const initial = start;
    if (/^[\p{L}\p{N}]/u.test(token.text)) start = false;
    else if (/^["“‘'«:—–([…]$|^--$/u.test(token.text)) start = true;
    if (!/^\p{Lu}/u.test(token.text)) return 'none';
    const form = normaliseForm(token.text);
    if (title) return isGivenName(form) ? 'name' : 'open';
    if (!initial) return 'name';
    // "Readers will look up" starts a clause too, but no name is a plural that WordNet can undo.
    const named =
      isGivenName(form) ||
      (token.tag === 'PROPN' && inventory.lemmas(form).some(({ lemma }) => lemma === form));
    return named && startsClause(tokens, i) ? 'name' : 'open';
  });
}

/** "Rose walked in", "Will's boat", "Mark, come here": a bare noun, then what follows a name. */
function startsClause(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i + 1];
  if (!next) return true;
  const { tag } = tokens[i]!;
  if (tag === 'AUX' || tag === 'VERB')
    return next.tag === 'VERB' || next.tag === 'AUX' || /^['’]s$/.test(next.text);
  return next.tag === 'VERB' || next.tag === 'AUX' || next.tag === 'PROPN' || /^(?:['’]s|,)$/.test(next.text);
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
  return common.length > 0 || use === 'common' ? common : lemmas;
}
