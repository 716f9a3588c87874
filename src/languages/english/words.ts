import type {
  Abstention,
  AbstentionReason,
  AbstentionRules,
  FoundWords,
  LemmaSenses,
  SenseId,
  SenseInventory,
  Sentence,
  Span,
  Token,
  Word,
} from '../../core';
import { isAuxiliary, isModalLikeName } from './auxiliaries';
import { type CapitalUse, capitalUse, fitCapitals, unitCapital } from './capitals';
import { foreignStretches } from './foreign';
import { isStutter, joinForms } from './forms';
import { isFunctionWord, isGivenName } from './functionWords';
import { normaliseForm } from './lemmas';
import { findMultiwords, type Multiword, shiftedParticle } from './multiwords';
import { areKnownPersons, findNames, isSettledName, mayBeName } from './names';

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
  const tokens = joinForms(sentence.tokens, inventory);
  const foreign = rules === 'reader' ? foreignStretches(tokens, inventory) : new Set<Token>();
  const uses = capitalUse(tokens);
  const units = new Map(findMultiwords(tokens, text, inventory).map((unit) => [unit.first, unit]));
  const words: Word[] = [];
  const abstentions: Abstention[] = [];
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]!;
    if (foreign.has(token)) {
      const { start, end, text: form } = token;
      abstentions.push({ start, end, text: form, reason: 'no language pack' });
      i++;
      continue;
    }
    const unit = units.get(i);
    const word = unit && unitWord(unit, tokens, text, uses, rules, inventory);
    if (word) {
      const apart = tokens
        .slice(unit.first, unit.last + 1)
        .map((_, k) => wordAt(tokens, unit.first + k, uses, rules, inventory))
        .filter((one) => one !== undefined);
      const parts = apart.filter(isWord);
      words.push({
        ...word,
        ...(parts.length > 0 ? { parts } : {}),
        ...(unit.logOdds === undefined
          ? {}
          : { apart: { logOdds: unit.logOdds, abstentions: apart.filter((one) => 'reason' in one) } }),
      });
      i = unit.last + 1;
      continue;
    }
    const found = wordAt(tokens, i, uses, rules, inventory);
    if (found && isWord(found)) {
      const shifted = shiftedParticle(tokens, i, inventory);
      words.push(shifted.length > 0 ? { ...found, lemmas: shifted } : found);
    } else if (found) abstentions.push(found);
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

function isWord(found: Word | Abstention): found is Word {
  return 'lemmas' in found;
}

/** What one token is; nothing, if it has neither letter nor digit. */
function wordAt(
  tokens: readonly Token[],
  i: number,
  capitals: readonly CapitalUse[],
  rules: AbstentionRules,
  inventory: SenseInventory,
): Word | Abstention | undefined {
  const token = tokens[i]!;
  const { start, end, text } = token;
  if (token.tag === 'SYM' || isStutter(tokens, i))
    return /\p{L}/u.test(text) ? { start, end, text, reason: 'not in WordNet' } : undefined;
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const capital = capitals[i]!;
  const reason = rules === 'reader' ? reasonToAbstain(tokens, i, capital, inventory) : undefined;
  if (reason) return { start, end, text, reason };
  const all = inventory.lemmas(normaliseForm(text));
  const fitting = rules === 'reader' ? fitCapitals(all, capital, inventory) : all;
  const ofNation = adjectivesOfNation(tokens, i, fitting, inventory);
  if (ofNation.length > 0) return { start, end, text, tag: 'ADJ', lemmas: ofNation };
  const name = mayBeName(token, capital);
  if (fitting.length === 0) return { start, end, text, reason: name ? 'proper name' : 'not in WordNet' };
  // A name that is only a known person's may be no name at all: "the Snow of that winter".
  const lemmas = name && areKnownPersons(sensesOf(fitting), inventory) ? all : fitting;
  // The tagger takes most capitals for names; where a capital says nothing, neither does that tag.
  const tagged = isModalLikeName(tokens, i) ? 'PROPN' : token.tag;
  const tag = capital === 'open' && token.tag === 'PROPN' ? 'X' : tagged;
  const given = isGivenName(normaliseForm(text));
  const likely = (capital === 'name' || given) && !isTime(sensesOf(lemmas), inventory);
  const isInQuestion =
    name && (given || isContested(lemmas, inventory)) && (likely || isBaseForm(lemmas, text));
  return {
    start,
    end,
    text,
    tag,
    lemmas,
    ...(isInQuestion ? { mayBeName: likely ? 'likely' : 'possible' } : {}),
  };
}

/** April is a given name, and sooner the month. */
function isTime(senses: readonly SenseId[], inventory: SenseInventory): boolean {
  return senses.some((sense) => inventory.isCapitalised(sense) && inventory.key(sense).includes('%1:28:'));
}

/** No first word in the plural or with an ending is a name: "Readers said". */
function isBaseForm(lemmas: readonly LemmaSenses[], text: string): boolean {
  const form = normaliseForm(text);
  return lemmas.some(({ lemma }) => lemma === form);
}

function sensesOf(lemmas: readonly LemmaSenses[]): readonly SenseId[] {
  return lemmas.flatMap(({ senses }) => senses);
}

/** Is it in question whether a name is what WordNet lists? Common words and known persons are; Paris is the city. */
function isContested(lemmas: readonly LemmaSenses[], inventory: SenseInventory): boolean {
  const senses = sensesOf(lemmas);
  const isCommon = senses.some((sense) => !inventory.isCapitalised(sense));
  return (isCommon && !isSettledName(senses, inventory)) || areKnownPersons(senses, inventory);
}

/** What "Polish" before a noun is, whatever nouns and verbs are written like it. */
function adjectivesOfNation(
  tokens: readonly Token[],
  i: number,
  lemmas: readonly LemmaSenses[],
  inventory: SenseInventory,
): readonly LemmaSenses[] {
  if (tokens[i]!.tag !== 'PROPN' || !/^(?:NOUN|ADJ)$/.test(tokens[i + 1]?.tag ?? '')) return [];
  return lemmas.filter(
    ({ partOfSpeech, senses }) =>
      partOfSpeech === 'adj' && senses.some((sense) => inventory.isCapitalised(sense)),
  );
}

function reasonToAbstain(
  tokens: readonly Token[],
  i: number,
  capital: CapitalUse,
  inventory: SenseInventory,
): AbstentionReason | undefined {
  const { text, tag } = tokens[i]!;
  const form = normaliseForm(text);
  // WordNet's Mark is the evangelist: hardly ever the Mark of a story.
  if (capital === 'name' && isGivenName(form) && !isTime(sensesOf(inventory.lemmas(form)), inventory))
    return 'proper name';
  if (tag === 'NUM' || /^\p{N}/u.test(text)) return 'number';
  if (isAuxiliary(tokens, i)) return 'auxiliary';
  const closedTag =
    tag === 'DET' || tag === 'PRON' || tag === 'ADP' || tag === 'CCONJ' || tag === 'SCONJ' || tag === 'PART';
  return closedTag || isFunctionWord(form) ? 'function word' : undefined;
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
