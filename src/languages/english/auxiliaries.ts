import type { Token } from '../../core';

const BE = new Set(['be', 'am', 'is', 'are', 'was', 'were', 'been', 'being', 'art', 'wast', 'wert']);
const HAVE = new Set(['have', 'has', 'had', 'having', 'hast', 'hath', 'hadst']);
const DO = new Set(['do', 'does', 'did', 'dost', 'doth', 'didst']);
/** Old forms, which the tagger takes for nouns. */
const OLD = /^(?:wast|wert|hast|hath|hadst|dost|doth|didst)$/;
/** Modals, whose noun and main-verb homographs (a can, the will, to will) the tag tells apart. */
const MODALS = new Set(
  'can could will would shall should may might must ought cannot canst couldst wilt wouldst shalt shouldst mayst'.split(
    ' ',
  ),
);

/** How far ahead the verb that an auxiliary serves is looked for. */
const REACH = 7;

/**
 * Is `tokens[index]` a *be, have, do* or modal that only serves another verb? Copular and main uses
 * (`is cold`, `has a boat`, `did the work`) are not. Expects the tags of one sentence.
 */
export function isAuxiliary(tokens: readonly Token[], index: number): boolean {
  const { tag } = tokens[index]!;
  const form = lower(tokens[index]!);
  if (isModalLikeName(tokens, index)) return false;
  if (MODALS.has(form)) return tag === 'AUX' || (tag === 'VERB' && servedVerb(tokens, index) !== undefined);
  if (!BE.has(form) && !HAVE.has(form) && !DO.has(form)) return false;
  if ((tag === 'NOUN' || tag === 'PROPN') && !OLD.test(form)) return false;
  const next = tokens[index + 1];
  // "I don't." leaves its verb out; nobody means the main verb then.
  if (DO.has(form) && next && isNegation(next)) return true;
  const verb = servedVerb(tokens, index);
  if (verb === undefined) return false;
  const progressive = lower(verb).endsWith('ing');
  // "have nothing going", "do going": an -ing form is served by *be* alone.
  return BE.has(form) || !progressive;
}

/** "Will opened the door": behind a modal stands an infinitive, so what stands before a past form is a name. */
export function isModalLikeName(tokens: readonly Token[], index: number): boolean {
  const [word, next] = [tokens[index]!, tokens[index + 1]];
  const isPast = next?.tag === 'VERB' && next.text.length > 4 && /[^e]ed$/.test(next.text);
  return isPast && MODALS.has(lower(word)) && /^\p{Lu}/u.test(word.text);
}

/** The verb right after an auxiliary, past adverbs and negation and, in a question, past its subject. */
function servedVerb(tokens: readonly Token[], index: number): Token | undefined {
  const before = tokens[index - 1];
  const inverted =
    !before ||
    before.tag === 'PUNCT' ||
    /^(?:who|whom|what|which|where|when|why|how|so|nor|neither)$/.test(lower(before));
  let subject = false;
  for (let i = index + 1; i < Math.min(tokens.length, index + 1 + REACH); i++) {
    const token = tokens[i]!;
    switch (token.tag) {
      case 'VERB':
      case 'AUX':
        return token;
      case 'ADV':
        continue;
      case 'PART':
        if (isNegation(token)) continue;
        return undefined;
      case 'PRON':
      case 'PROPN':
      case 'DET':
      case 'NOUN':
        // After the subject's noun or pronoun only the verb may follow: "Did the man go?"
        if (!inverted || (subject && token.tag !== 'NOUN' && token.tag !== 'PROPN')) return undefined;
        subject ||= token.tag !== 'DET';
        continue;
      case 'ADJ':
        if (inverted && !subject) continue;
        return undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

function isNegation(token: Token): boolean {
  return /^(?:not|n['’]t|never)$/i.test(token.text);
}

function lower(token: Token): string {
  return token.text.toLowerCase();
}
