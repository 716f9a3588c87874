import type { LemmaSenses, Sentence, Span, Tag, Token } from '../model';
import type { SenseInventory } from '../ports';
import { isAuxiliary } from './auxiliaries';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';
import { findMultiwords, type Multiword } from './multiwords';

/** A word or multiword unit that WordNet knows, with every lemma it may stand for. */
export interface Word extends Span {
  readonly text: string;
  readonly tag: Tag;
  readonly lemmas: readonly LemmaSenses[];
}

export const ABSTENTION_REASONS = [
  'function word',
  'auxiliary',
  'proper name',
  'number',
  'not in WordNet',
  'not English',
] as const;
export type AbstentionReason = (typeof ABSTENTION_REASONS)[number];

/** Why a word has no annotation. */
export interface Abstention extends Span {
  readonly text: string;
  readonly reason: AbstentionReason;
}

/** `reader`: abstain when in doubt. `none`: every form WordNet lists is a word (evaluation from plain text). */
export type AbstentionRules = 'reader' | 'none';

/**
 * The words of one sentence, multiword lemmas first and longest first, and the abstentions.
 * @param text the paragraph's text, which the sentence's offsets are in
 */
export function findWords(
  sentence: Sentence,
  text: string,
  inventory: SenseInventory,
  rules: AbstentionRules,
): { readonly words: readonly Word[]; readonly abstentions: readonly Abstention[] } {
  const { tokens } = sentence;
  const capitals = rules === 'reader' ? capitalUse(tokens, inventory) : undefined;
  const units = new Map(findMultiwords(tokens, text, inventory).map((unit) => [unit.first, unit]));
  const words: Word[] = [];
  const abstentions: Abstention[] = [];
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]!;
    if (!/[\p{L}\p{N}]/u.test(token.text)) {
      i++;
      continue;
    }
    const unit = units.get(i);
    const word = unit && unitWord(unit, tokens, text, capitals, inventory);
    if (word) {
      words.push(word);
      i = unit.last + 1;
      continue;
    }
    const reason = capitals && reasonToAbstain(tokens, i, capitals[i]!);
    const lemmas = reason
      ? []
      : fitCapitals(inventory.lemmas(normaliseForm(token.text)), capitals?.[i], inventory);
    if (lemmas.length > 0) {
      words.push({ start: token.start, end: token.end, text: token.text, tag: token.tag, lemmas });
    } else {
      const { start, end } = token;
      const why = reason ?? (capitals?.[i] === 'name' ? 'proper name' : 'not in WordNet');
      abstentions.push({ start, end, text: token.text, reason: why });
    }
    i++;
  }
  return { words, abstentions };
}

function reasonToAbstain(
  tokens: readonly Token[],
  i: number,
  capital: CapitalUse,
): AbstentionReason | undefined {
  const { text, tag } = tokens[i]!;
  // WordNet's Mark is the evangelist: hardly ever the Mark of a story.
  if (capital === 'name' && isGivenName(normaliseForm(text))) return 'proper name';
  if (tag === 'NUM' || /^\p{N}/u.test(text)) return 'number';
  if (isAuxiliary(tokens, i)) return 'auxiliary';
  const closedTag =
    tag === 'DET' || tag === 'PRON' || tag === 'ADP' || tag === 'CCONJ' || tag === 'SCONJ' || tag === 'PART';
  return closedTag || isFunctionWord(normaliseForm(text)) ? 'function word' : undefined;
}

function unitWord(
  { first, last, lemmas }: Multiword,
  tokens: readonly Token[],
  text: string,
  capitals: readonly CapitalUse[] | undefined,
  inventory: SenseInventory,
): Word | undefined {
  const { start, tag } = tokens[first]!;
  const { end, tag: lastTag } = tokens[last]!;
  const fitting = fitCapitals(lemmas, capitals && unitCapital(capitals.slice(first, last + 1)), inventory);
  if (fitting.length === 0) return undefined;
  // A verb with its particle is a verb, "White House" is the noun its last word is.
  const own = tag === 'VERB' || tag === 'AUX' ? 'VERB' : lastTag;
  return { start, end, text: text.slice(start, end), tag: own, lemmas: fitting };
}

/**
 * What a token's capital says: it marks a name, nothing (sentence start, title), or there is none. In a unit
 * of several words, `common` is firmer than `none`: "the hills" is never the Hill.
 */
type CapitalUse = 'name' | 'open' | 'none' | 'common';

/** A unit with a name in it is a name; one that has no capital at all is none. */
function unitCapital(uses: readonly CapitalUse[]): CapitalUse {
  if (uses.includes('name')) return 'name';
  return uses.includes('open') ? 'open' : 'common';
}

function capitalUse(tokens: readonly Token[], inventory: SenseInventory): CapitalUse[] {
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
function fitCapitals(
  lemmas: readonly LemmaSenses[],
  use: CapitalUse | undefined,
  inventory: SenseInventory,
): readonly LemmaSenses[] {
  if (use === undefined || use === 'open') return lemmas;
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
