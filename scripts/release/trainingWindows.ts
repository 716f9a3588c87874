import { alignSpans, packWindows, windowIds } from '../../src/core/vectors/windows';
import { nameSenses } from '../../src/languages/english/names';
import { normaliseForm } from '../../src/languages/english/lemmas';
import { readableText, type TaggedSentence, type TaggedToken } from '../../src/core/senses/taggedCorpus';
import type { SenseId } from '../../src/core/model';
import type { SenseInventory } from '../../src/core/ports';
import type { WordPieceTokenizer } from '../../src/core/vectors/wordPieces';

/** A window to train on. */
export interface TrainingWindow {
  readonly doc: string;
  /** Ids of its word pieces, [CLS] and [SEP] included. */
  readonly pieces: readonly number[];
  readonly instances: readonly TrainingInstance[];
}

/**
 * A tagged instance in a window: the range of its pieces, end exclusive; its candidates, `count` sense ids from `first` on; its
 * gold senses, which may be none if this WordNet lacks them; its number among the tagged words of its set, the same however
 * documents are cut; and further candidates for when only the text is known.
 */
export type TrainingInstance = readonly [
  from: number,
  to: number,
  first: number,
  count: number,
  gold: readonly number[],
  place: number,
  others: readonly number[],
];

export interface WindowMaker {
  readonly inventory: SenseInventory;
  readonly wordPieces: WordPieceTokenizer;
  readonly maxPieces: number;
}

/**
 * The windows that the engine makes of one paragraph, without those that have no instance.
 * @param place number of the paragraph's first tagged word among those of its set
 */
export function trainingWindows(
  paragraph: readonly TaggedSentence[],
  place: number,
  { inventory, wordPieces, maxPieces }: WindowMaker,
): TrainingWindow[] {
  const { text, sentences, instances } = readableText(paragraph);
  const pieces = wordPieces.split(text);
  const windows = packWindows(pieces, sentences, maxPieces);
  const starts = new Set(sentences.map(({ start }) => start));
  const instancesOf: TrainingInstance[][] = windows.map(() => []);
  alignSpans(instances, pieces, windows).forEach((range, i) => {
    if (!range) return;
    const { lemma, partOfSpeech, keys, start, end } = instances[i]!;
    const candidates = inventory.senses(lemma, partOfSpeech);
    const others = candidatesFromText(text.slice(start, end), starts.has(start), inventory);
    const gold = keys.map((key) => inventory.find(key)).filter((sense) => sense !== undefined);
    // Plus 1 for [CLS], which ranges do not count.
    instancesOf[range.window]!.push([
      range.from + 1,
      range.to + 1,
      candidates[0] ?? 0,
      candidates.length,
      gold,
      place + i,
      [...new Set(others)].filter((sense) => !candidates.includes(sense)),
    ]);
  });
  return windows
    .map((window, i) => ({
      doc: paragraph[0]!.doc,
      pieces: [...windowIds(window, pieces, wordPieces)],
      instances: instancesOf[i]!,
    }))
    .filter((window) => window.instances.length > 0);
}

/** The senses that a word may have, judged by its form alone. At the start of a sentence a capital says nothing. */
function candidatesFromText(form: string, isInitial: boolean, inventory: SenseInventory): readonly SenseId[] {
  const lemmas = inventory.lemmas(normaliseForm(form));
  const mayBeName = /^\p{Lu}/u.test(form) && (!isInitial || lemmas.length === 0);
  return [...lemmas.flatMap(({ senses }) => senses), ...(mayBeName ? nameSenses(inventory) : [])];
}

/** Is a token one of the instances that `readableText` finds? */
export function isTagged({ keys }: TaggedToken): boolean {
  return keys !== undefined && keys.length > 0;
}

/** Mean number of sentences in a random paragraph. */
const MEAN_PARAGRAPH = 4;

/** Cuts a document into random paragraphs: after each sentence a paragraph ends with the same chance. */
export function randomParagraphs(
  document: readonly TaggedSentence[],
  random: () => number,
): TaggedSentence[][] {
  const paragraphs: TaggedSentence[][] = [];
  let open = false;
  for (const sentence of document) {
    if (open) paragraphs.at(-1)!.push(sentence);
    else paragraphs.push([sentence]);
    open = random() >= 1 / MEAN_PARAGRAPH;
  }
  return paragraphs;
}
