import type { SenseId, Span } from '../model';
import { lowest } from '../util/search';
import { type PackedAnnotation, packedCandidates } from './packed';

/** A sense that a use may have. */
export interface UseCandidate {
  readonly sense: SenseId;
  readonly probability: number;
  /** Number of tagged uses that its vector rests on. */
  readonly uses: number;
}

/** One use of a word: what an annotation says about its sense, wherever the annotation is kept. */
export interface Use extends Span {
  /** The predicted sense, or the chosen one. */
  readonly sense: SenseId;
  /** Best first; the use's sense is the first. */
  readonly candidates: readonly UseCandidate[];
  /** Did the reader choose its sense? Then the sense is right, whatever sense the word's other uses have. */
  readonly isChosen: boolean;
  /** Is there a doubt about its sense? */
  readonly isDoubtful: boolean;
}

/** Where a use begins, and its sense. */
export type UsePlace = Pick<Use, 'start' | 'sense'>;

/**
 * The uses of a document's polysemous words. A caller that goes through all of them keeps their places and looks each use up
 * when it needs one: a novel has a hundred thousand, and as many objects would make the heap grow each time.
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
