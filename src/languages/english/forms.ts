import type { SenseInventory, Token } from '../../core';
import { isFunctionWord } from './functionWords';
import { normaliseForm } from './lemmas';

/**
 * Tokens with those that make up one spoken or old form made one: "runnin’" and "lov’d", whose apostrophe the tagger parts from
 * them, as it has to part "he’d".
 */
export function joinForms(tokens: readonly Token[], inventory: SenseInventory): readonly Token[] {
  if (!tokens.some(({ text }) => /^['’]d?$/.test(text))) return tokens;
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [token, next] = [tokens[i]!, tokens[i + 1]];
    if (next && isOneForm(token, next, tokens[i + 2], inventory)) {
      joined.push({ start: token.start, end: next.end, text: token.text + next.text, tag: 'VERB' });
      i++;
    } else joined.push(token);
  }
  return joined;
}

function isOneForm(token: Token, next: Token, after: Token | undefined, inventory: SenseInventory): boolean {
  if (next.start !== token.end || !/^\p{L}/u.test(token.text)) return false;
  const form = normaliseForm(token.text);
  const isKnown = (text: string): boolean => inventory.lemmas(normaliseForm(text), 'verb').length > 0;
  if (/^['’]$/.test(next.text))
    return form.endsWith('in') && inventory.lemmas(form).length === 0 && isKnown(`${form}'`);
  // "The dog’d gone" has a verb to come.
  const isAuxiliary = after?.tag === 'VERB' || after?.tag === 'AUX' || isFunctionWord(form);
  return /^['’]d$/.test(next.text) && !isAuxiliary && isKnown(`${form}'d`);
}

/** Is this a letter or two of the word that begins after its hyphen: "b-bridge"? */
export function isStutter(tokens: readonly Token[], i: number): boolean {
  const [token, hyphen, next] = [tokens[i]!, tokens[i + 1], tokens[i + 2]];
  if (!hyphen || !next || !/^\p{L}{1,3}$/u.test(token.text) || !/^[-‐‑—]$/.test(hyphen.text)) return false;
  const touching = token.end === hyphen.start && hyphen.end === next.start;
  return touching && next.text.toLowerCase().startsWith(token.text.toLowerCase());
}
