import type { Language, Lexicon } from '../language';
import type { PartOfSpeech, Span } from '../model';

/** What is looked for, as it is written; `_` stands for a space. */
export interface SoughtTerm {
  readonly word: string;
  readonly lemma: string;
  readonly partsOfSpeech: readonly PartOfSpeech[];
}

export interface FoundTerm extends Span {
  readonly lemma: string;
  readonly partsOfSpeech: readonly PartOfSpeech[];
}

/** Finds terms in a text, from left to right, the longest first where several start at one place; they do not overlap. */
export interface TermFinder {
  find(text: string): readonly FoundTerm[];
}

/** A run of letters and digits, a gap, or one other sign. */
interface Atom extends Span {
  readonly form: string;
  readonly isWord: boolean;
}

/** What terms that begin alike have in common, an atom a step. */
interface Branch {
  readonly next: Map<string, Branch>;
  /** What ends here, by part of speech. */
  readonly lemmas: Map<PartOfSpeech, string>;
}

const GAP = ' ';

/**
 * A tagger cuts `Node.js` and takes `3D` for a number, so terms are looked for in the text, whatever its tokens are. Their last word may be
 * inflected. The cost is that of the text's length, not of the number of terms.
 */
export function createTermFinder(terms: Iterable<SoughtTerm>, language: Language): TermFinder {
  const root: Branch = { next: new Map(), lemmas: new Map() };
  for (const { word, lemma, partsOfSpeech } of terms) {
    let branch = root;
    for (const { form } of atomsOf(word.trim(), language)) {
      const next: Branch = branch.next.get(form) ?? { next: new Map(), lemmas: new Map() };
      branch.next.set(form, next);
      branch = next;
    }
    for (const partOfSpeech of partsOfSpeech) branch.lemmas.set(partOfSpeech, lemma);
  }

  /** Terms that end with a word, as it is or inflected. */
  function endsAt(branch: Branch, { form, isWord }: Atom): Branch['lemmas'] {
    const exact = branch.next.get(form)?.lemmas;
    if (exact && exact.size > 0) return exact;
    if (!isWord || branch.next.size === 0) return new Map();
    const lexicon: Lexicon = {
      isLemma: (base, partOfSpeech) => branch.next.get(base)?.lemmas.has(partOfSpeech) ?? false,
      exceptions: (base, partOfSpeech) => language.unlistedBases?.(base, partOfSpeech) ?? [],
    };
    return new Map(
      language
        .lemmasOf(form, lexicon)
        .map(({ lemma, partOfSpeech }) => [partOfSpeech, branch.next.get(lemma)!.lemmas.get(partOfSpeech)!]),
    );
  }

  /** The longest term that begins at an atom, and the atom after it. */
  function termAt(
    atoms: readonly Atom[],
    first: number,
    text: string,
  ): { readonly term: FoundTerm; readonly after: number } | undefined {
    let found: ReturnType<typeof termAt>;
    const { start } = atoms[first]!;
    let branch: Branch | undefined = root;
    for (let i = first; branch && i < atoms.length; i++) {
      const atom: Atom = atoms[i]!;
      const lemmas = endsAt(branch, atom);
      if (lemmas.size > 0 && isWhole(text, start, atom.end)) {
        const lemma = [...lemmas.values()][0]!;
        found = { term: { start, end: atom.end, lemma, partsOfSpeech: [...lemmas.keys()] }, after: i + 1 };
      }
      // What the writer joined with a hyphen may be written apart in the term.
      branch = branch.next.get(atom.form) ?? (atom.form === '-' ? branch.next.get(GAP) : undefined);
    }
    return found;
  }

  return {
    find(text) {
      const found: FoundTerm[] = [];
      if (root.next.size === 0) return found;
      const atoms = [...atomsOf(text, language)];
      for (let i = 0; i < atoms.length;) {
        const here = termAt(atoms, i, text);
        if (here) found.push(here.term);
        i = here?.after ?? i + 1;
      }
      return found;
    },
  };
}

function* atomsOf(text: string, language: Language): Generator<Atom> {
  for (const { 0: form, index } of text.matchAll(/[\p{L}\p{M}\p{N}]+|[\s_]+|[^]/gu)) {
    const isGap = /^[\s_]/.test(form);
    yield {
      start: index,
      end: index + form.length,
      form: isGap ? GAP : language.normalise(form),
      isWord: /^[\p{L}\p{M}\p{N}]/u.test(form),
    };
  }
}

/**
 * Is this no part of something longer? `NET` is one of `ASP.NET`, `C` of `C++`, `grace` of `grace_note`; what a sign begins or ends stands
 * apart from letters, and from more of the same sign.
 */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  const isLetter = (character: string): boolean => /[\p{L}\p{M}\p{N}]/u.test(character);
  const [first, last] = [text[start]!, text[end - 1]!];
  const goesOn = (sign: string, next: string | undefined): boolean => next === sign && !/[.!?…]/.test(sign);
  const beginsInside = isLetter(first)
    ? /[\p{L}\p{N}][.&@_]$/u.test(before)
    : /[\p{L}\p{M}\p{N}]$/u.test(before) || goesOn(first, before.at(-1));
  const endsInside = isLetter(last)
    ? /^(?:[.&@_][\p{L}\p{N}]|[+#](?!\p{L}))/u.test(after)
    : /^[\p{L}\p{M}\p{N}]/u.test(after) || goesOn(last, after[0]);
  return !beginsInside && !endsInside;
}
