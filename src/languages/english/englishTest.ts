import type { Paragraph } from '../../core';

/** Scores of languages by ISO 639-1 code, any scale, higher is likelier; empty if the text gives no hint. */
export type LanguageScores = (text: string) => Readonly<Record<string, number>>;

/** Is a paragraph English? A heading, mostly names and fragments, is if its script is Latin. */
export type EnglishTest = (text: string, kind?: Paragraph['kind']) => boolean;

/** How much of a paragraph, in UTF-16 units, is looked at; more says no more. */
const SAMPLE = 400;
/** With fewer letters than this a Latin-script text counts as English, as guesses are poor. */
const FEWEST_LETTERS = 20;
/** With fewer than this many letters, names alone can look foreign. */
const FEW_LETTERS = 40;

/** Frequent words of English, old verse included, that the languages around it do not share. */
const ENGLISH = wordSet(
  'the and with that this it you your they them their there what when which who whose would could should have has ' +
    'been from not but by she him my these those into than then are shall upon thou thee thy hath doth unto ye our ' +
    "its i'm i'll it's don't can't won't didn't isn't that's he's you're there's let's we'll were how if out about " +
    'any some such other only because before after while where though said',
);

/** Frequent words of French, German, Spanish, Latin, Italian, Dutch, Portuguese and Swedish that English does not share. */
const FOREIGN = wordSet(
  'le la les un une du est et dans que qui ne pas je il elle nous vous sur pour avec au aux ce cette son sa ses ' +
    "c'est n'est qu'il der das und ist nicht ich ein eine dem mit zu auf von für sie wir es im wer el los las una y " +
    'por para del su más pero lo como está gli che di non è per sono della nel ma het een van ik niet zijn op dat ' +
    'voor naar hij sed ut quae quam neque atque sunt quod cum og att jag och som på det är não uma os um dos das',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Is this a word that English is full of, and the languages around it are not? */
export function isEnglishWord(lowerCaseForm: string): boolean {
  return ENGLISH.has(lowerCaseForm);
}

/** Is this a word that one of the languages around English is full of, and English is not? */
export function isForeignWord(lowerCaseForm: string): boolean {
  return FOREIGN.has(lowerCaseForm);
}

/**
 * Makes the test. English by its words needs no more; what has too few of them is weighed by `scores`, and without
 * `scores` by the frequent words of the languages most likely beside it. In doubt a paragraph is English: a foreign one
 * that slips through does less harm than an English one left out.
 */
export function createEnglishTest(scores?: LanguageScores): EnglishTest {
  return (text, kind) => {
    const sample = text.slice(0, SAMPLE);
    const letters = sample.match(/\p{L}/gu)?.length ?? 0;
    const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (latin * 2 < letters) return false;
    if (letters < FEWEST_LETTERS || kind === 'heading') return true;

    const words = sample.toLowerCase().match(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];
    let english = 0;
    let foreign = 0;
    for (const word of words) {
      const plain = word.replace('’', "'");
      if (ENGLISH.has(plain)) english++;
      else if (FOREIGN.has(plain)) foreign++;
    }
    if (english >= 1 && english >= words.length * 0.08 && english > foreign * 0.5) return true;
    if (!scores) return foreign <= english || (foreign === 1 && words.length > 6);

    const found = scores(sample);
    let best = 0;
    for (const score of Object.values(found)) best = Math.max(best, score);
    return (found['en'] ?? 0) >= best * (letters < FEW_LETTERS ? 0.75 : 0.9);
  };
}

/** The test by script and frequent words alone. */
export const isEnglish: EnglishTest = createEnglishTest();
