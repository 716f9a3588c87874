import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import type { Sentence, Tag, Tagger, Token } from '../../core';

/** wink's cost grows with the text it holds at once, so a monstrous paragraph is tagged in parts. */
const LONGEST_PART = 20_000;

/** The tagger chosen in docs/words.md: wink-nlp with its English model. */
export function createTagger(): Tagger {
  const nlp = winkNLP(model, ['sbd', 'pos']);
  // wink's own way: `its` holds functions that `out` calls, none of which uses `this`.
  /* eslint-disable @typescript-eslint/unbound-method */
  const { value, pos, span } = nlp.its;
  /* eslint-enable @typescript-eslint/unbound-method */

  function tagPart(text: string, offset: number, sentences: Sentence[]): void {
    // Some possessives with a curly apostrophe stay whole otherwise.
    const straight = text.replaceAll('’', "'");
    const doc = nlp.readDoc(straight);
    const values = doc.tokens().out(value);
    const tags = doc.tokens().out(pos) as Tag[];
    const spans = doc.sentences().out(span as never) as unknown as [number, number][];
    let at = 0;
    const tokens = values.map((form, i): readonly Token[] => {
      // wink gives no offsets, but loses nothing: the tokens stand in the text in this order.
      const start = Math.max(at, straight.indexOf(form, at));
      at = start + form.length;
      return splitClitic({
        start: offset + start,
        end: offset + at,
        text: text.slice(start, at),
        tag: tags[i]!,
      });
    });
    for (const [first, last] of spans) {
      const own = tokens
        .slice(first, last + 1)
        .flat()
        .filter(({ tag }) => (tag as string) !== 'SPACE');
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
