import type { SenseId, SenseInventory, SenseKey, Span, Tag, Token } from '../../core';
import type { CapitalUse } from './capitals';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';

/** What a name may be a name of, as those who tagged SemCor took it. */
const NAME_KEYS: readonly SenseKey[] = ['person%1:03:00::', 'location%1:03:00::', 'group%1:03:00::'];

/** The senses of "person", "location" and "group" that stand for names. */
export function nameSenses(inventory: SenseInventory): readonly SenseId[] {
  return NAME_KEYS.map((key) => inventory.find(key)).filter((sense) => sense !== undefined);
}

/** When somebody lived, as glosses have it: `English lyric poet (1887-1915)`. */
const DATED = /\([^)]*\d{3,4}[^)]*\)/;

/**
 * Are all that WordNet lists under a name known persons (lexnames(5WN): 18)? A text's Shaw is hardly ever the playwright, while its
 * Paris is the city and its Englishman what WordNet says.
 * @param own senses of the word
 */
export function areKnownPersons(own: readonly SenseId[], inventory: SenseInventory): boolean {
  const names = own.filter((sense) => inventory.isCapitalised(sense));
  const isKnownPerson = (sense: SenseId): boolean =>
    inventory.key(sense).includes('%1:18:') && DATED.test(inventory.describe(sense).gloss);
  return names.length > 0 && names.every(isKnownPerson);
}

/** Where a capital says nothing, as at the start of a sentence, the tagger has to think so too. */
export function mayBeName(tag: Tag, capital: CapitalUse): boolean {
  return capital === 'name' || (capital === 'open' && tag === 'PROPN');
}

/** More capitalised words in a row are a title or a list. */
const LONGEST_NAME = 8;

/** Names of several words: "Nick Skorich", "Cincinnati University". */
export function findNames(
  tokens: readonly Token[],
  capitals: readonly CapitalUse[],
  inventory: SenseInventory,
): Span[] {
  const names: Span[] = [];
  const first = tokens.findIndex(({ text }) => /^[\p{L}\p{N}]/u.test(text));
  const isNamePart = (i: number, inside: boolean): boolean => {
    const token = tokens[i]!;
    const capital = capitals[i]!;
    // What begins a sentence, or stands where a capital says nothing, is the first word of a name or none of it.
    if (i === first || capital === 'open')
      return !inside && mayBeName(token.tag, capital) && isNoCommonWord(token, inventory);
    return capital === 'name' && !isFunctionWord(normaliseForm(token.text));
  };
  for (let i = 0; i < tokens.length;) {
    let end = i;
    while (end < tokens.length && isNamePart(end, end > i)) end++;
    if (end - i > 1 && end - i <= LONGEST_NAME)
      names.push({ start: tokens[i]!.start, end: tokens[end - 1]!.end });
    i = Math.max(end, i + 1);
  }
  return names;
}

/** "Yesterday Will left" begins with no name, "Will Smith left" does. */
function isNoCommonWord({ text }: Token, inventory: SenseInventory): boolean {
  const form = normaliseForm(text);
  if (isGivenName(form)) return true;
  return inventory
    .lemmas(form)
    .every(({ senses }) => senses.every((sense) => inventory.isCapitalised(sense)));
}
