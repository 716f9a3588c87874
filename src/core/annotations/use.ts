import type { SenseId, Span } from '../model';
import { lowest } from '../util/search';
import { type PackedAnnotation, packedCandidates } from './packed';

/** A sense that a use may have. */
export interface UseCandidate {
  readonly sense: SenseId;
  readonly probability: number;
  /** Tagged uses its vector rests on. */
  readonly uses: number;
}

/** One use of a word: what an annotation says about its sense, wherever the annotation is kept. */
export interface Use extends Span {
  /** The predicted sense, or the chosen one. */
  readonly sense: SenseId;
  /** Best first; the use's sense is the first. */
  readonly candidates: readonly UseCandidate[];
  /** Did the reader choose its sense? It is right then, whatever the others have. */
  readonly isChosen: boolean;
  /** Is there a doubt about its sense? */
  readonly isDoubtful: boolean;
}

/** Where a use begins, and its sense. */
export type UsePlace = Pick<Use, 'start' | 'sense'>;

/**
 * The uses of the words of a document that have several senses. Who looks at all of them keeps places and asks again: a novel has
 * a hundred thousand uses, which as objects would make the heap grow at each look.
 */
export interface DocumentUses {
  /** In text order. */
  places(): Iterable<UsePlace>;
  /** The use at one of the places; `undefined` if the word there was read anew since. */
  at(start: number): Use | undefined;
}

/** @param words those with several senses, in text order */
export function usesIn<Word extends UsePlace>(
  words: readonly Word[],
  useOfWord: (word: Word) => Use,
): DocumentUses {
  return {
    places: () => words,
    at(start) {
      const word = words[lowest(words.length, (i) => words[i]!.start >= start)];
      return word?.start === start ? useOfWord(word) : undefined;
    },
  };
}

export function packedUse(packed: PackedAnnotation): Use {
  const { start, end, sense, evidence, doubt } = packed;
  return {
    start,
    end,
    sense,
    candidates: packedCandidates(packed),
    isChosen: evidence === 'chosen',
    isDoubtful: doubt !== undefined,
  };
}
