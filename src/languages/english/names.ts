import type { SenseId, SenseInventory, SenseKey, Span, Token } from '../../core';
import type { CapitalUse } from './capitals';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';

/** What a name may be a name of, as those who tagged SemCor took it. */
const NAME_KEYS: readonly SenseKey[] = ['person%1:03:00::', 'location%1:03:00::', 'group%1:03:00::'];

/** The senses of "person", "location" and "group" that stand for names. */
export function nameSenses(inventory: SenseInventory): readonly SenseId[] {
  return NAME_KEYS.map((key) => inventory.find(key)).filter((sense) => sense !== undefined);
}

/** How glosses of single persons differ from those of kinds: when they lived, `English lyric poet (1887-1915)`, or in which lore. */
const INDIVIDUAL = /\([^)]*\d{3,4}[^)]*\)|^\([^)]*(?:Testament|mythology|legend)[^)]*\)/i;

/** Is this one known person, like Shaw the playwright, and no kind of persons, like an Englishman? */
export function isKnownPerson(sense: SenseId, inventory: SenseInventory): boolean {
  return (
    inventory.isCapitalised(sense) &&
    inventory.key(sense).includes('%1:18:') &&
    INDIVIDUAL.test(inventory.describe(sense).gloss)
  );
}

/** Groups, places, their seas and mountains, and times (lexnames(5WN)): under these a name is what WordNet says it is. */
const SETTLED = /%1:(?:14|15|17|28):/;

/** Does WordNet list a place, a group or a time under a name? @param own senses of the word */
export function isSettledName(own: readonly SenseId[], inventory: SenseInventory): boolean {
  return own.some((sense) => inventory.isCapitalised(sense) && SETTLED.test(inventory.key(sense)));
}

/**
 * Does WordNet list known persons under a name, and nothing settled? A text's Shaw is hardly ever the playwright, while its
 * Paris is the city and its Englishman what WordNet says.
 * @param own senses of the word
 */
export function areKnownPersons(own: readonly SenseId[], inventory: SenseInventory): boolean {
  return own.some((sense) => isKnownPerson(sense, inventory)) && !isSettledName(own, inventory);
}

/**
 * May a token be a name that WordNet does not list? Where a capital says nothing, the tagger has to think so too, or the word has to
 * be a given name.
 */
export function mayBeName({ text, tag }: Token, capital: CapitalUse): boolean {
  return capital === 'name' || (capital === 'open' && (tag === 'PROPN' || isGivenName(normaliseForm(text))));
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
      return !inside && mayBeName(token, capital) && isNoCommonWord(token, inventory);
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
