import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import type { Sentence, Tag, Tagger, Token } from '../../core';
import { isFunctionWord } from './functionWords';

/** wink's cost grows with the text it holds at once, so a monstrous paragraph is tagged in parts. */
const LONGEST_PART = 20_000;

/** Longer runs without a space are no prose; the tagger would take quadratic time for them. */
const LONGEST_RUN = 200;

/** Not prose, and the tagger would cut it into words: addresses, paths, names of files, identifiers, and what is too long a run. */
const NO_PROSE = new RegExp(
  [
    String.raw`\S{${LONGEST_RUN},}`,
    String.raw`(?:https?|ftp|file):\/\/\S*[\p{L}\p{N}\/]`,
    String.raw`[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+`,
    String.raw`(?<![\p{L}\p{N}\/.<])(?:[A-Za-z]:|~|\.{1,2})?[\/\\](?:[\w.\-]+[\/\\])+(?:[\w.\-]*\w)?`,
    String.raw`(?<![\p{L}\p{N}])(?:[\w\-]+\/)*[\w\-]*[A-Za-z]\w(?:\.\w+)*\.(?<extension>[a-z][a-z0-9]{0,4})(?![\p{L}\p{N}'’])`,
    String.raw`[\p{L}\p{N}]+(?:_+[\p{L}\p{N}]+)+`,
  ].join('|'),
  'gu',
);

/** Without one of these a text has none of them, which is soon seen. */
const SIGN_OF_NO_PROSE = new RegExp(String.raw`[_\/\\@]|\w\.[a-z]|\S{${LONGEST_RUN}}`);

/** What stands for it while wink tags, so that the words around it are tagged as beside a noun. */
const LONGEST_STAND_IN = 12;

type Groups = Readonly<Record<string, string | undefined>>;

/** The tagger chosen in docs/words.md: wink-nlp with its English model. */
export function createTagger(): Tagger {
  const nlp = winkNLP(model, ['sbd', 'pos']);
  // wink's own way: `its` holds functions that `out` calls, none of which uses `this`.
  /* eslint-disable @typescript-eslint/unbound-method */
  const { value, pos, span } = nlp.its;
  /* eslint-enable @typescript-eslint/unbound-method */

  function tagPart(text: string, offset: number, sentences: Sentence[]): void {
    const noProse = new Map<number, string>();
    // Some possessives with a curly apostrophe stay whole otherwise.
    const straight = withStandIns(text, noProse).replaceAll('’', "'");
    const doc = nlp.readDoc(straight);
    const values = doc.tokens().out(value);
    const tags = doc.tokens().out(pos) as Tag[];
    const spans = doc.sentences().out(span as never) as unknown as [number, number][];
    let at = 0;
    const tokens = values.map((form, i): readonly Token[] => {
      // wink gives no offsets, but loses nothing: the tokens stand in the text in this order.
      const start = Math.max(at, straight.indexOf(form, at));
      const run = noProse.get(start);
      at = start + (run ?? form).length;
      if (run !== undefined) return [{ start: offset + start, end: offset + at, text: run, tag: 'SYM' }];
      return splitClitic({
        start: offset + start,
        end: offset + at,
        text: text.slice(start, at),
        tag: tags[i]!,
      });
    });
    for (const [first, last] of spans) {
      const own = splitStops(
        tokens
          .slice(first, last + 1)
          .flat()
          .filter(({ tag }) => (tag as string) !== 'SPACE'),
      );
      if (own.length > 0) sentences.push({ start: own[0]!.start, end: own.at(-1)!.end, tokens: own });
    }
  }

  return {
    name: 'wink-nlp',
    tag(text) {
      const sentences: Sentence[] = [];
      for (let start = 0; start < text.length;) {
        const end = partEnd(text, start);
        tagPart(text.slice(start, end), start, sentences);
        start = end;
      }
      return sentences;
    },
  };
}

/** The text, as long as before, with something short in the place of what is no prose, which is noted by where it begins. */
function withStandIns(text: string, noProse: Map<number, string>): string {
  if (!SIGN_OF_NO_PROSE.test(text)) return text;
  return text.replace(NO_PROSE, (...match) => {
    const [run, { extension }, start] = [match[0], match.at(-1) as Groups, match.at(-3) as number];
    // A full stop without its space: "at night.he".
    if (extension !== undefined && isFunctionWord(extension)) return run;
    noProse.set(start, run);
    return 'x'.repeat(Math.min(run.length, LONGEST_STAND_IN)).padEnd(run.length);
  });
}

/** wink takes some last words and their full stops for abbreviations: "in." of inch. Here the stop ends a sentence or a quotation. */
function splitStops(sentence: readonly Token[]): Token[] {
  return sentence.flatMap((token, i): readonly Token[] => {
    const next = sentence[i + 1];
    if (!/^\p{L}+\.$/u.test(token.text) || (next && !/^["”’')\]]$/.test(next.text))) return [token];
    const end = token.end - 1;
    return [
      // The tag was the abbreviation's.
      { ...token, end, text: token.text.slice(0, -1), tag: 'X' },
      { start: end, end: token.end, text: '.', tag: 'PUNCT' },
    ];
  });
}

/** wink parts common contractions; the rest, such as "whale’s", is parted here. */
function splitClitic(token: Token): readonly Token[] {
  const [, host, clitic] = /^(\p{L}[\p{L}\p{M}-]*)(['’](?:s|m|re|ve|ll|d))$/iu.exec(token.text) ?? [];
  if (host === undefined || clitic === undefined) return [token];
  const middle = token.start + host.length;
  return [
    { ...token, end: middle, text: host },
    { start: middle, end: token.end, text: clitic, tag: /s$/i.test(clitic) ? 'PART' : 'AUX' },
  ];
}

/** End of a part that begins at `start`: at a white space, if there is one. */
function partEnd(text: string, start: number): number {
  const limit = start + LONGEST_PART;
  if (limit >= text.length) return text.length;
  const space = text.lastIndexOf(' ', limit);
  return space > start ? space + 1 : limit;
}
