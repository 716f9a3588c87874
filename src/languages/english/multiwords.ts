import { type LemmaSenses, PARTS_OF_SPEECH, type SenseInventory, type Tag, type Token } from '../../core';
import { isFunctionWord } from './functionWords';
import { normaliseForm } from './lemmas';
import { UNIT_LOG_ODDS } from './unitWeights';

/** Tokens `first` to `last` (inclusive) stand for one of these lemmas. */
export interface Multiword {
  readonly first: number;
  readonly last: number;
  readonly lemmas: readonly LemmaSenses[];
  /**
   * Where its words may as well be meant one by one ("looked on the shelf", "kicked the bucket across the yard"): how much oftener
   * it is a unit, as a logarithm.
   */
  readonly logOdds: number | undefined;
}

/** What is written between spaces and hyphens: "ship’s" is two tokens and one written word. */
interface WrittenWord {
  readonly first: number;
  readonly last: number;
  /** The form and its lemmas: a lemma's word may be inflected in the text. */
  readonly forms: ReadonlySet<string>;
  /** What stands before it. */
  readonly joint: 'space' | 'hyphen' | 'other';
}

/**
 * The multiword lemmas of a sentence. Where they overlap, those are taken that cover more words, function words counting half:
 * of "at sea level" the "sea level", not "at sea".
 * @param text the paragraph's text, which the tokens' offsets are in
 */
export function findMultiwords(
  tokens: readonly Token[],
  text: string,
  inventory: SenseInventory,
): Multiword[] {
  const words = writtenWords(tokens, text, inventory);
  const units = words.map((_, i) => unitAt(words, i, tokens, text, inventory));
  // From the end: the most that can be covered from a word on.
  const covered = new Array<number>(words.length + 1).fill(0);
  const isTaken = new Array<boolean>(words.length).fill(false);
  for (let i = words.length - 1; i >= 0; i--) {
    const unit = units[i];
    const without = covered[i + 1]!;
    const withUnit = unit ? unitWeight(words.slice(i, unit.end), tokens) + covered[unit.end]! : 0;
    isTaken[i] = withUnit > 0 && withUnit >= without;
    covered[i] = Math.max(withUnit, without);
  }
  const found: Multiword[] = [];
  for (let i = 0; i < words.length;) {
    const unit = isTaken[i] ? units[i] : undefined;
    if (unit) {
      const [first, last] = [words[i]!.first, words[unit.end - 1]!.last];
      found.push({ first, last, lemmas: unit.lemmas, logOdds: unitLogOdds(unit.lemmas, tokens[last + 1]) });
    }
    i = unit?.end ?? i + 1;
  }
  return found;
}

function unitWeight(words: readonly WrittenWord[], tokens: readonly Token[]): number {
  const functionWords = words.filter(({ first }) => isFunctionWord(normaliseForm(tokens[first]!.text)));
  return words.length - functionWords.length / 2;
}

/** After a verb with its object they lead somewhere, as after a verb that is meant literally. */
const LEADING = new Set(
  'across into onto over along off out down through toward towards behind of under against around from'.split(
    ' ',
  ),
);
/** What begins the object of a preposition, or of a verb with its particle. */
const OBJECT_STARTS: ReadonlySet<Tag> = new Set(['DET', 'NOUN', 'PROPN', 'ADJ', 'NUM', 'PRON']);

/** @param next the token after the unit */
function unitLogOdds(lemmas: readonly LemmaSenses[], next: Token | undefined): number | undefined {
  const [{ lemma }] = lemmas as readonly [LemmaSenses];
  if (lemmas.some(({ partOfSpeech }) => partOfSpeech !== 'verb')) return undefined;
  const parts = lemma.split('_');
  if (parts.length === 2) {
    const inDoubt = MOSTLY_APART.has(parts[1]!) || (next && OBJECT_STARTS.has(next.tag));
    return inDoubt ? (UNIT_LOG_ODDS[lemma] ?? UNIT_LOG_ODDS[parts[1]!]) : undefined;
  }
  return /^(?:the|an?)$/.test(parts[1]!) && LEADING.has(normaliseForm(next?.text ?? ''))
    ? UNIT_LOG_ODDS['idiom']
    : undefined;
}

/** Particles that stand behind the object of their verb. */
const SHIFTED = new Set(
  'up down off out on over away back apart aside together along around through in'.split(' '),
);
/** Tokens between a verb and its particle. */
const LONGEST_OBJECT = 4;
const INSIDE_OBJECT: ReadonlySet<Tag> = new Set(['DET', 'NOUN', 'PROPN', 'ADJ', 'NUM', 'PRON']);

/**
 * The lemmas of the verb at a token with the particle that stands behind its object, as in "turn the lamp off"; none where the particle
 * may be the preposition of what follows.
 */
export function shiftedParticle(
  tokens: readonly Token[],
  verb: number,
  inventory: SenseInventory,
): readonly LemmaSenses[] {
  if (tokens[verb]!.tag !== 'VERB') return [];
  let at = verb + 1;
  while (at - verb <= LONGEST_OBJECT && INSIDE_OBJECT.has(tokens[at]?.tag ?? 'PUNCT')) at++;
  const after = tokens[at];
  const next = tokens[at + 1];
  // The object has to end with a noun or a pronoun.
  if (!after || at === verb + 1 || !/^(?:NOUN|PROPN|PRON)$/.test(tokens[at - 1]!.tag)) return [];
  const particle = normaliseForm(after.text);
  // "Put more weight on reading", "on it": the particle is the preposition of what follows.
  if (!SHIFTED.has(particle) || (next && (OBJECT_STARTS.has(next.tag) || /ing$/i.test(next.text)))) return [];
  return inventory
    .lemmas(normaliseForm(tokens[verb]!.text), 'verb')
    .map(({ lemma }) => `${lemma}_${particle}`)
    .map((lemma) => ({ lemma, partOfSpeech: 'verb' as const, senses: inventory.senses(lemma, 'verb') }))
    .filter(({ senses }) => senses.length > 0);
}

function writtenWords(tokens: readonly Token[], text: string, inventory: SenseInventory): WrittenWord[] {
  const words: WrittenWord[] = [];
  let joint: WrittenWord['joint'] = 'other';
  for (let i = 0; i < tokens.length; i++) {
    const { start, end, text: form } = tokens[i]!;
    if (/^[-‐‑]$/.test(form) && tokens[i - 1]?.end === start && tokens[i + 1]?.start === end) {
      joint = 'hyphen';
      continue;
    }
    if (!/[\p{L}\p{N}]/u.test(form) || tokens[i]!.tag === 'SYM') {
      joint = 'other';
      continue;
    }
    let last = i;
    while (
      tokens[last + 1]?.start === tokens[last]!.end &&
      /^(?:['’]\p{L}*|n['’]t)$/iu.test(tokens[last + 1]!.text)
    )
      last++;
    const written = normaliseForm(text.slice(start, tokens[last]!.end));
    words.push({
      first: i,
      last,
      forms: new Set([written, ...inventory.lemmas(written).map(({ lemma }) => lemma)]),
      joint,
    });
    i = last;
    joint = 'space';
  }
  return words;
}

/** The longest unit that starts at word `i`, and the word after it. */
function unitAt(
  words: readonly WrittenWord[],
  i: number,
  tokens: readonly Token[],
  text: string,
  inventory: SenseInventory,
): { readonly end: number; readonly lemmas: readonly LemmaSenses[] } | undefined {
  const next = words[i + 1];
  if (!next || next.joint === 'other') return undefined;
  const matches = new Map<number, Set<string>>();
  for (const form of words[i]!.forms) {
    const continuations = inventory.multiwords(form);
    for (const second of next.forms) {
      for (const lemma of continuations.get(second) ?? []) {
        const length = matchLength(lemma, words, i);
        if (length > 0) matches.set(length, (matches.get(length) ?? new Set()).add(lemma));
      }
    }
  }
  // A hyphenated word that WordNet spells otherwise: "to-morrow".
  let run = i + 1;
  while (words[run]?.joint === 'hyphen') run++;
  if (run > i + 1 && !matches.has(run - i)) {
    const written = text.slice(tokens[words[i]!.first]!.start, tokens[words[run - 1]!.last]!.end);
    matches.set(run - i, new Set(inventory.lemmas(written).map(({ lemma }) => lemma)));
  }
  for (const [length, lemmas] of [...matches].sort(([a], [b]) => b - a)) {
    const unit = tokens.slice(words[i]!.first, words[i + length - 1]!.last + 1);
    // What the writer joined belongs together.
    const hyphenated = words.slice(i + 1, i + length).every(({ joint }) => joint === 'hyphen');
    const senses = [...lemmas]
      .flatMap((lemma) =>
        PARTS_OF_SPEECH.map((partOfSpeech) => ({
          lemma,
          partOfSpeech,
          senses: inventory.senses(lemma, partOfSpeech),
        })),
      )
      .filter(
        (entry) =>
          entry.senses.length > 0 &&
          (hyphenated || isLikelyUnit(entry, unit, tokens[words[i + length - 1]!.last + 1])),
      );
    if (senses.length > 0) return { end: i + length, lemmas: senses };
  }
  return undefined;
}

/** How many written words a lemma covers from `i` on; 0 if it does not stand there. A hyphen also parts words as `_` does. */
function matchLength(lemma: string, words: readonly WrittenWord[], i: number): number {
  const parts = lemma.split(/([_-])/);
  for (let k = 0; k < parts.length; k += 2) {
    const word = words[i + k / 2];
    if (!word?.forms.has(parts[k]!)) return 0;
    if (k > 0 && word.joint !== 'hyphen' && (word.joint !== 'space' || parts[k - 1] === '-')) return 0;
  }
  return (parts.length + 1) / 2;
}

/** Second words of verbs that mostly stand with a preposition (or object) of its own. */
const MOSTLY_APART = new Set(['in', 'to', 'for', 'at', 'with', 'from', 'by', 'of', 'into']);
/** Second words of verbs that are hardly ever one with them. */
const APART = new Set(['it', 'given']);
/** Units of closed-class words that were mostly kept together all the same. */
const MOSTLY_TOGETHER = new Set(
  'above_all all_along all_over and_so_on and_then as_such at_all first_of_all or_else'.split(' '),
);
const CLOSED_ENDS: ReadonlySet<Tag> = new Set(['ADP', 'SCONJ', 'CCONJ', 'DET', 'PART']);

/**
 * Words that only happen to stand side by side as in a lemma are no unit: "a kind of", "the city", "was on".
 * Each test is one for which those who tagged SemCor mostly kept the words apart.
 * @param next the token after them
 */
function isLikelyUnit(
  { lemma, partOfSpeech }: LemmaSenses,
  tokens: readonly Token[],
  next: Token | undefined,
): boolean {
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
  // "They had come to listen" only looks like "come to".
  if (last.tag === 'PART') return false;
  if (MOSTLY_TOGETHER.has(lemma)) return true;
  if (tokens.every(({ text }) => isFunctionWord(normaliseForm(text)))) return false;
  switch (partOfSpeech) {
    case 'noun':
      return first.tag !== 'DET' && !CLOSED_ENDS.has(last.tag);
    case 'verb':
      // "The tide came in": an adverb of its own.
      if (lemma.endsWith('_in') && !(next && OBJECT_STARTS.has(next.tag))) return false;
      return !lemma.startsWith('be_') && !APART.has(lemma.slice(lemma.lastIndexOf('_') + 1));
    case 'adj':
    case 'adv':
      return first.tag !== 'CCONJ' && !CLOSED_ENDS.has(last.tag);
  }
}
