import type {
  Abstention,
  AbstentionReason,
  AbstentionRules,
  FoundWords,
  SenseInventory,
  Sentence,
  Span,
  Token,
  Word,
} from '../../core';
import { isAuxiliary } from './auxiliaries';
import { type CapitalUse, capitalUse, fitCapitals, unitCapital } from './capitals';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';
import { findMultiwords, type Multiword } from './multiwords';
import { findNames, mayBeName } from './names';

/**
 * The words of one sentence, multiword lemmas first and longest first, and the abstentions, in text order. A name of several
 * words is one abstention; those of its words that WordNet knows are words all the same.
 * @param text the paragraph's text, which the sentence's offsets are in
 */
export function findWords(
  sentence: Sentence,
  text: string,
  inventory: SenseInventory,
  rules: AbstentionRules,
): FoundWords {
  const { tokens } = sentence;
  const uses = capitalUse(tokens, inventory);
  const units = new Map(findMultiwords(tokens, text, inventory).map((unit) => [unit.first, unit]));
  const words: Word[] = [];
  const abstentions: Abstention[] = [];
  for (let i = 0; i < tokens.length;) {
    const unit = units.get(i);
    const word = unit && unitWord(unit, tokens, text, uses, rules, inventory);
    if (word) {
      const parts = tokens
        .slice(unit.first, unit.last + 1)
        .map((_, k) => wordAt(tokens, unit.first + k, uses, rules, inventory))
        .filter(isWord);
      words.push(parts.length > 0 ? { ...word, parts } : word);
      i = unit.last + 1;
      continue;
    }
    const found = wordAt(tokens, i, uses, rules, inventory);
    if (isWord(found)) words.push(found);
    else if (found) abstentions.push(found);
    i++;
  }
  return { words, abstentions: withNames(abstentions, findNames(tokens, uses, inventory), words, text) };
}

/** The abstentions with those in a name of several words made one, unless WordNet knows the whole name. */
function withNames(
  abstentions: readonly Abstention[],
  names: readonly Span[],
  words: readonly Word[],
  text: string,
): Abstention[] {
  const own = names.filter(({ start, end }) => !words.some((word) => word.start <= start && end <= word.end));
  const apart = abstentions.filter(
    ({ start, end }) => !own.some((name) => name.start <= start && end <= name.end),
  );
  const whole = own.map(({ start, end }): Abstention => ({
    start,
    end,
    text: text.slice(start, end),
    reason: 'proper name',
  }));
  return [...apart, ...whole].sort((a, b) => a.start - b.start);
}

function isWord(found: Word | Abstention | undefined): found is Word {
  return found !== undefined && 'lemmas' in found;
}

/** What one token is; nothing, if it has neither letter nor digit. */
function wordAt(
  tokens: readonly Token[],
  i: number,
  capitals: readonly CapitalUse[],
  rules: AbstentionRules,
  inventory: SenseInventory,
): Word | Abstention | undefined {
  const { start, end, text, tag } = tokens[i]!;
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const capital = capitals[i]!;
  const reason = rules === 'reader' ? reasonToAbstain(tokens, i, capital) : undefined;
  if (reason) return { start, end, text, reason };
  const all = inventory.lemmas(normaliseForm(text));
  const lemmas = rules === 'reader' ? fitCapitals(all, capital, inventory) : all;
  const name = mayBeName(tag, capital);
  if (lemmas.length > 0) return { start, end, text, tag, lemmas, ...(name ? { mayBeName: true } : {}) };
  return { start, end, text, reason: name ? 'proper name' : 'not in WordNet' };
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
  capitals: readonly CapitalUse[],
  rules: AbstentionRules,
  inventory: SenseInventory,
): Word | undefined {
  const { start, tag } = tokens[first]!;
  const { end, tag: lastTag } = tokens[last]!;
  const capital = unitCapital(capitals.slice(first, last + 1));
  const fitting = rules === 'reader' ? fitCapitals(lemmas, capital, inventory) : lemmas;
  if (fitting.length === 0) return undefined;
  // A verb with its particle is a verb, "White House" is the noun its last word is.
  const own = tag === 'VERB' || tag === 'AUX' ? 'VERB' : lastTag;
  return { start, end, text: text.slice(start, end), tag: own, lemmas: fitting };
}
