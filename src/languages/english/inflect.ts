import type { IrregularForms, PartOfSpeech } from '../../core';

/** How a form differs from its lemma. */
export type Inflection =
  'base' | 'plural' | 'third person' | 'gerund' | 'past' | 'participle' | 'comparative' | 'superlative';

/**
 * The inflection of a form.
 * @param form in lower case
 * @param afterAuxiliary whether a form of *have* or *be* stands before it, which makes `walked` a participle
 */
export function inflectionOf(
  form: string,
  lemma: string,
  partOfSpeech: PartOfSpeech,
  irregularForms: IrregularForms,
  afterAuxiliary: boolean,
): Inflection {
  if (form === lemma) return 'base';
  switch (partOfSpeech) {
    case 'noun':
      return 'plural';
    case 'verb': {
      if (form.endsWith('ing')) return 'gerund';
      const irregular = irregularForms(lemma, 'verb');
      if (form.endsWith('s') && !irregular.includes(form)) return 'third person';
      const pasts = pastForms(irregular);
      if (pasts.length > 1 && pasts.includes(form)) return isParticiple(form) ? 'participle' : 'past';
      return afterAuxiliary ? 'participle' : 'past';
    }
    case 'adj':
    case 'adv':
      return form.endsWith('st') ? 'superlative' : 'comparative';
  }
}

/**
 * A lemma in an inflection; of several words the head is inflected.
 * @param lemma words joined by spaces, in any case
 */
export function inflect(
  lemma: string,
  inflection: Inflection,
  partOfSpeech: PartOfSpeech,
  irregularForms: IrregularForms,
): string {
  if (inflection === 'base') return lemma;
  if (inflection === 'comparative' || inflection === 'superlative') {
    return compare(lemma, inflection, partOfSpeech, irregularForms);
  }
  const [before, head, after] = partOfSpeech === 'verb' ? verbHead(lemma) : nounHead(lemma);
  const irregular = irregularForms(head.toLowerCase(), partOfSpeech);
  return `${before}${inflectWord(head, inflection, irregular)}${after}`;
}

/** `a` or `an`, by the sound that a word most likely begins with. */
export function articleBefore(word: string): 'a' | 'an' {
  if (/^(?:eu|one\b|once\b|ewe|u(?:ni(?!n|m)|se|su|ti|ran|ku|bi))/i.test(word)) return 'a';
  return /^(?:[aeiou]|hour|honest|honou?r|heir)/i.test(word) ? 'an' : 'a';
}

function inflectWord(
  word: string,
  inflection: 'plural' | 'third person' | 'gerund' | 'past' | 'participle',
  irregular: readonly string[],
): string {
  switch (inflection) {
    case 'plural':
      return (REGULAR_PLURAL.has(word) ? undefined : irregular[0]) ?? plural(word);
    case 'third person':
      return /[^aeiou]o$/.test(word) ? `${word}es` : withS(word);
    case 'gerund':
      return irregular.find((form) => form.endsWith('ing')) ?? gerund(word);
    case 'past':
    case 'participle': {
      const pasts = pastForms(irregular);
      if (inflection === 'participle' && /(?:come|run)$/.test(word)) return word;
      // `set` has `setting` and no other form.
      const isDoubled = irregular.includes(`${word}${word.at(-1)}ing`);
      if (UNCHANGED_VERB.test(word) || (isDoubled && pasts.length === 0)) return word;
      const fitting = pasts.find((form) => isParticiple(form) === (inflection === 'participle'));
      return fitting ?? pasts[0] ?? past(word);
    }
  }
}

function compare(
  lemma: string,
  inflection: 'comparative' | 'superlative',
  partOfSpeech: PartOfSpeech,
  irregularForms: IrregularForms,
): string {
  const [ending, word] = inflection === 'comparative' ? ['er', 'more'] : ['est', 'most'];
  const irregular = irregularForms(lemma, partOfSpeech).find(
    (form) => form.endsWith('st') === (inflection === 'superlative'),
  );
  if (irregular !== undefined) return irregular;
  const syllables = lemma.replace(/e$/, '').match(/[aeiouy]+/g)?.length ?? 0;
  const isShort =
    /^\p{L}+$/u.test(lemma) && (syllables === 1 || (syllables === 2 && /[^aeiou]y$/.test(lemma)));
  if (!isShort) return `${word} ${lemma}`;
  return `${lemma.replace(/e$/, '').replace(/([^aeiou])y$/, '$1i')}${ending}`;
}

/** Nouns whose entries in the exception list mean something else, or are old: `brethren`, `kine`, `pence`. */
const REGULAR_PLURAL = new Set([
  'brother',
  'cow',
  'penny',
  'person',
  'sow',
  'cloth',
  'staff',
  'flora',
  'fauna',
]);
const UNCHANGED_NOUN = /(?:series|species|sheep|deer|aircraft|spacecraft|offspring|means|headquarters)$/;
const UNCHANGED_VERB = /(?:cost|hurt|burst|spread|cast|thrust|^read)$/;
const PLURAL_IN_OES = /(?:echo|hero|potato|tomato|veto|torpedo|embargo|^go)$/;
const KEEPS_MAN = /(?:human|german|roman|shaman|talisman|ottoman|norman|caiman)$/;

function plural(word: string): string {
  const lower = word.toLowerCase();
  if (UNCHANGED_NOUN.test(lower)) return word;
  if (lower.endsWith('man') && !KEEPS_MAN.test(lower)) return `${word.slice(0, -2)}en`;
  if (lower.endsWith('o')) return PLURAL_IN_OES.test(lower) ? `${word}es` : `${word}s`;
  return withS(word);
}

function withS(word: string): string {
  if (/(?:[sxz]|[cs]h)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function gerund(word: string): string {
  if (word.endsWith('ie')) return `${word.slice(0, -2)}ying`;
  return `${/[^eoy]e$/.test(word) ? word.slice(0, -1) : doubled(word)}ing`;
}

function past(word: string): string {
  if (word.endsWith('e')) return `${word}d`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ied` : `${doubled(word)}ed`;
}

/** A short word before -ed and -ing; the exception lists have the longer ones that double. */
function doubled(word: string): string {
  return /^(?:qu|[^aeiou])+[aeiouy][bdfgklmnprtvz]$/.test(word) ? `${word}${word.at(-1)}` : word;
}

function pastForms(irregular: readonly string[]): readonly string[] {
  return irregular.filter((form) => !/(?:ing|[^s]s)$/.test(form));
}

/** Of two past forms the participle: `taken`, `worn`, `begun`, `sung`, `swum`. */
function isParticiple(form: string): boolean {
  return /(?:[^a]n|ne|u[mn][gk]?)$/.test(form) || form.endsWith('awn');
}

/** `line` of `line of credit`, else the last word. */
function nounHead(lemma: string): [before: string, head: string, after: string] {
  const [, first, rest] = /^([^ -]+)([ -](?:of|in|to|at|for|by|with|on|de|up|out)[ -].*)$/.exec(lemma) ?? [];
  if (first !== undefined) return ['', first, rest!];
  const at = Math.max(lemma.lastIndexOf(' '), lemma.lastIndexOf('-')) + 1;
  return [lemma.slice(0, at), lemma.slice(at), ''];
}

function verbHead(lemma: string): [before: string, head: string, after: string] {
  const at = lemma.indexOf(' ');
  return at < 0 ? ['', lemma, ''] : ['', lemma.slice(0, at), lemma.slice(at)];
}
