import type { Language } from '../../src/core/language';
import { normaliseForm } from '../../src/core/language';
import type { Abstention, FoundWords, LanguagePack, Word } from '../../src/core/languagePack';
import { type LemmaSenses, PARTS_OF_SPEECH, type Sentence, type Token } from '../../src/core/model';
import type { SenseInventory } from '../../src/core/ports';
import { openInventory } from '../../src/core/senses/inventory';
import { packInventory } from '../../src/core/senses/packInventory';
import type { TaggedSentence } from '../../src/core/senses/taggedCorpus';
import { sha256 } from '../../src/node/files/files';

/** A language of a few words, in an alphabet whose й and ё must stay what they are. */
export const TINY_RUSSIAN: Language = {
  code: 'ru',
  normalise: normaliseForm,
  lemmasOf(form, lexicon) {
    const own = normaliseForm(form);
    return PARTS_OF_SPEECH.flatMap((partOfSpeech) => {
      const bases = [own, ...lexicon.exceptions(own, partOfSpeech), own.replace(/[яюи]$/u, 'й')];
      return [...new Set(bases)]
        .filter((base) => lexicon.isLemma(base, partOfSpeech))
        .map((lemma) => ({ lemma, partOfSpeech }));
    });
  },
  abbreviation: /(?:^|\s)(?:г|ул|им)\.$/u,
};

const FUNCTION_WORDS = new Set(['в', 'на', 'и', 'а', 'он', 'она', 'по']);

/** No tagger: every tag is X. */
export const TINY_RUSSIAN_PACK: LanguagePack = {
  ...TINY_RUSSIAN,
  owns: (text) => /\p{Script=Cyrillic}/u.test(text),
  tagger: {
    name: 'none',
    tag: (text) =>
      [...text.matchAll(/[^\s.][^.]*\.?/gu)].map(({ 0: sentence, index }): Sentence => ({
        start: index,
        end: index + sentence.length,
        tokens: [...sentence.matchAll(/[\p{L}\p{M}\p{N}]+|\p{P}/gu)].map((token): Token => {
          const start = index + token.index;
          return { start, end: start + token[0].length, text: token[0], tag: 'X' };
        }),
      })),
  },
  findWords({ tokens }, text, inventory): FoundWords {
    const words: Word[] = [];
    const abstentions: Abstention[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (!/\p{L}/u.test(token.text)) continue;
      const unit = unitAt(tokens, i, inventory);
      const last = unit.length > 0 ? tokens[++i]! : token;
      const span = { start: token.start, end: last.end, text: text.slice(token.start, last.end) };
      const lemmas = unit.length > 0 ? unit : inventory.lemmas(token.text);
      if (lemmas.length > 0) words.push({ ...span, tag: 'X', lemmas });
      else {
        const isFunctionWord = FUNCTION_WORDS.has(normaliseForm(token.text));
        abstentions.push({ ...span, reason: isFunctionWord ? 'function word' : 'not in WordNet' });
      }
    }
    return { words, abstentions };
  },
};

/** A unit of two words as the inventory has it. */
function unitAt(tokens: readonly Token[], i: number, inventory: SenseInventory): readonly LemmaSenses[] {
  const [first, second] = [tokens[i]!, tokens[i + 1]].map((token) => normaliseForm(token?.text ?? ''));
  const lemmas = inventory.multiwords(first!).get(second!) ?? [];
  return lemmas.flatMap((lemma) => inventory.lemmas(lemma));
}

export const EDGE = { border: 'край · 1', region: 'край · 2' } as const;

/** Sense keys without any structure, and supersenses for some synsets only. */
export function tinyRussianInventory(): Uint8Array {
  return packInventory(
    {
      language: TINY_RUSSIAN,
      edition: 'маленький 1',
      licence: 'made for a test',
      synsets: [
        { partOfSpeech: 'verb', gloss: 'убирать метлой' },
        { partOfSpeech: 'noun', gloss: 'предельная линия', examples: ['край стола'] },
        { partOfSpeech: 'noun', gloss: 'местность', supersense: 'место', hypernyms: [6] },
        { partOfSpeech: 'noun', gloss: 'колючий зверёк', supersense: 'животное' },
        { partOfSpeech: 'noun', gloss: 'белый камень, которым пишут' },
        { partOfSpeech: 'noun', gloss: 'путь для поездов' },
        { partOfSpeech: 'noun', gloss: 'часть поверхности', supersense: 'место' },
        { partOfSpeech: 'noun', gloss: 'река' },
      ],
      senses: [
        { key: EDGE.border, spelling: 'край', synset: 1 },
        { key: EDGE.region, spelling: 'край', synset: 2 },
        { key: 'ёж · 1', spelling: 'ёж', synset: 3 },
        { key: 'Ёлка', spelling: 'Ёлка', synset: 7 },
        { key: 'мел · 1', spelling: 'мел', synset: 4 },
        { key: 'мести · 1', spelling: 'мести', synset: 0 },
        { key: 'дорога · 1', spelling: 'железная дорога', synset: 5 },
        { key: 'дорога · 2', spelling: 'чугунка', synset: 5 },
        { key: 'место · 1', spelling: 'место', synset: 6 },
      ],
      exceptions: { noun: { ежи: ['ёж'], ежа: ['ёж'] }, verb: { мёл: ['мести'] } },
    },
    sha256,
  );
}

export function openTinyRussian(): SenseInventory {
  return openInventory(tinyRussianInventory(), TINY_RUSSIAN, sha256);
}

/** Its forms tell the senses of край apart, since the tiny encoder knows no context. */
export const TINY_RUSSIAN_CORPUS: readonly TaggedSentence[] = [
  sentence(1, 'Ёж мёл мел на краю .', { краю: EDGE.border, Ёж: 'ёж · 1', мёл: 'мести · 1' }),
  sentence(2, 'Мел на краю .', { краю: EDGE.border, Мел: 'мел · 1' }),
  sentence(3, 'Он ежа в края .', { края: EDGE.region, ежа: 'ёж · 1' }),
  sentence(4, 'Она в края .', { края: EDGE.region }),
];

function sentence(n: number, text: string, keys: Readonly<Record<string, string>>): TaggedSentence {
  const tokens = text.split(' ').map((form) => {
    const key = keys[form];
    const pos = form === 'мёл' ? 'VERB' : 'NOUN';
    const [lemma = form] = key?.split(' · ') ?? [];
    return key === undefined ? { text: form, lemma, pos: 'X' } : { text: form, lemma, pos, keys: [key] };
  });
  return { id: `d.${n}`, doc: 'd', tokens };
}

/** Pieces of a tiny encoder that reads it. */
export const TINY_RUSSIAN_PIECES = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '.'],
  ...[...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяЁМОК'].flatMap((letter) => [letter, `##${letter}`]),
  ...['край', 'края', 'краю', 'ёж', 'Ёж', 'ежа', 'ежи', 'мел', 'Мел', 'мёл', 'железная', 'дорога'],
];
