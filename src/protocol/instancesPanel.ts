import type { QuestionKind } from './questions';

/**
 * Messages between the extension and the webview of similar instances. They carry text of documents and glosses, which the page
 * must show as text and never as markup.
 */

/** The word that the panel is about, with its documents, senses and uses. */
export interface PanelWord {
  readonly lemma: string;
  /** Name of the part of speech in the reader's language. */
  readonly partOfSpeech: string;
  readonly documents: readonly PanelDocument[];
  readonly senses: readonly PanelSense[];
  /** How the senses were predicted, for captions and exports. */
  readonly source: PanelSource;
}

export interface PanelDocument {
  readonly name: string;
  readonly headings: readonly PanelHeading[];
}

export interface PanelHeading {
  readonly title: string;
  /** Level of the heading, 1 to 6. */
  readonly level: number;
  /** From 0, the start of the document, to 1. */
  readonly position: number;
}

/** A sense of the word. Senses come by their number of uses here, the most frequent first. */
export interface PanelSense {
  readonly key: string;
  readonly gloss: string;
  readonly synonyms: readonly string[];
  /** Empty if the inventory has no supersense for it. */
  readonly supersense: string;
  readonly uses: number;
}

export interface PanelSource {
  readonly encoder: string;
  readonly trained: boolean;
  readonly recipe: string;
  readonly layer: string;
  readonly wordnet: string;
}

/** One use of the word. */
export interface PanelUse {
  /** Indices in the word's documents and senses. */
  readonly document: number;
  readonly sense: number;
  /** Index of the next likely sense; -1 without one. */
  readonly rival: number;
  /** Line in the document, from 1. */
  readonly line: number;
  /** From 0, the start of the document, to 1. */
  readonly position: number;
  /** Index of the document's heading above the use; -1 before the first heading. */
  readonly heading: number;
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
  /** Cosine with the sense's vector; null for a word with one sense, as nothing was compared. */
  readonly cosine: number | null;
  readonly probability: number | null;
  readonly unsure: boolean;
  /** Standardised cosine with the use asked about; null where one of the two has no vector. */
  readonly similarity: number | null;
  /** Share of the word's other uses that are less similar to the use asked about, 0 to 1. */
  readonly closerThan: number | null;
}

/** A use of another word that is near in meaning. */
export interface PanelNeighbour extends Pick<
  PanelUse,
  'document' | 'line' | 'left' | 'keyword' | 'right' | 'similarity'
> {
  readonly gloss: string;
  /** Is it in the same synset as the use asked about? */
  readonly sameSense: boolean;
}

export type MapMethod = 'pca' | 'umap';

/** Where the uses lie in two dimensions, in the order of the uses. */
export interface PanelMap {
  readonly method: MapMethod;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Sense vectors. */
  readonly marks: readonly { readonly sense: number; readonly x: number; readonly y: number }[];
  /** Shares of the variance along x and y; null for a method that has none. */
  readonly explained: readonly [number, number] | null;
  /** Mean silhouette of the uses by predicted sense (Rousseeuw 1987), -1 to 1; null with fewer than two senses. */
  readonly silhouette: number | null;
  /** Share of the uses that lie between two senses. */
  readonly between: number;
  /** Adjusted Rand index of senses and clusters found without them (Hubert & Arabie 1985); null with fewer than two senses. */
  readonly agreement: number | null;
  readonly clusters: number;
  /** The two senses that most uses lie between, where enough do. */
  readonly continuum: readonly [number, number] | null;
  readonly tooFew: boolean;
}

/** Two uses side by side. */
export interface PanelComparison {
  readonly words: readonly [PanelPlace, PanelPlace];
  readonly raw: number;
  readonly standardised: number;
  /** Cosine of the two words' type vectors, without context: 1 for two uses of the same form. */
  readonly static: number | null;
  /** Mean cosine of random pairs of words of the documents. */
  readonly random: { readonly raw: number; readonly standardised: number; readonly pairs: number } | null;
  /** The dimensions that contribute most to the cosine, largest share first; the shares of all dimensions add up to 1. */
  readonly contributions: Readonly<Record<'raw' | 'standardised', readonly PanelContribution[]>>;
}

export interface PanelPlace {
  readonly document: string;
  readonly line: number;
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
  readonly gloss: string;
}

export interface PanelContribution {
  readonly dimension: number;
  readonly share: number;
  /** Does this dimension move raw cosines far more than the others do (a rogue dimension)? */
  readonly rogue: boolean;
}

/** The evidence for the senses of a use: per candidate sense its tagged examples, the nearest first. */
export interface PanelEvidence {
  readonly use: number;
  readonly senses: readonly {
    readonly sense: number;
    /** Number of tagged uses of the sense in the corpus. */
    readonly tagged: number;
    readonly examples: readonly PanelExample[];
  }[];
}

export interface PanelExample {
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
  readonly source: string;
  /** Standardised cosine with the use. */
  readonly similarity: number;
}

/** A row of a table of docs/anisotropy.md: mean cosine of random pairs of words in one layer. */
export interface PanelLayer {
  readonly name: string;
  readonly raw: number;
  readonly standardised: number;
  readonly dimension: number;
  readonly share: number;
}

/** Orders of the list: `position` is text order; `left` and `right` compare the words before or after the use. */
export type PanelSort = 'similarity' | 'position' | 'left' | 'right' | 'sense' | 'probability';

export type PanelColumn = PanelSort | 'keyword' | 'document';

/** Texts of the panel in the reader's language; {0}, {1} … stand for values. */
export interface PanelStrings {
  readonly title: string;
  readonly header: {
    readonly oneUse: string;
    readonly usesInDocument: string;
    readonly usesInDocuments: string;
    readonly follow: string;
    readonly senses: string;
    readonly allSenses: string;
    readonly unusedSenses: string;
    readonly unusedSense: string;
    readonly cancel: string;
  };
  readonly tabs: {
    readonly views: string;
    readonly list: string;
    readonly map: string;
    readonly dispersion: string;
    readonly details: string;
    readonly use: string;
    readonly comparison: string;
    readonly evidence: string;
    readonly neighbours: string;
  };
  readonly list: {
    readonly label: string;
    readonly filter: string;
    readonly sortBy: string;
    readonly reverse: string;
    readonly sorts: Readonly<Record<PanelSort, string>>;
    readonly columns: Readonly<Record<PanelColumn, string>>;
    readonly group: string;
    readonly save: string;
    readonly csv: string;
    readonly json: string;
    readonly shown: string;
    readonly lasso: string;
    readonly removeLasso: string;
    readonly empty: string;
    readonly showAll: string;
    readonly keys: string;
    readonly actions: string;
  };
  readonly use: {
    readonly asked: string;
    readonly unsure: string;
    readonly closerThan: string;
    readonly notCompared: string;
    readonly cosine: string;
    readonly sure: string;
    readonly place: string;
    readonly synonyms: string;
    readonly rival: string;
    readonly similarity: string;
    readonly senseCosine: string;
    readonly probability: string;
    readonly cosineNote: string;
    readonly goTo: string;
    readonly show: string;
    readonly ask: string;
    readonly compare: string;
    readonly why: string;
  };
  readonly map: {
    readonly label: string;
    readonly keys: string;
    readonly method: string;
    readonly lasso: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly reset: string;
    readonly save: string;
    readonly svg: string;
    readonly png: string;
    readonly computing: string;
    readonly tooFew: string;
    readonly continuum: string;
    readonly uses: string;
    readonly explained: string;
    readonly explainedNote: string;
    readonly silhouette: string;
    readonly silhouetteNote: string;
    readonly between: string;
    readonly betweenNote: string;
    readonly agreement: string;
    readonly agreementNote: string;
    readonly sameVectors: string;
    readonly trained: string;
    readonly untrained: string;
    readonly chooseEncoder: string;
    readonly source: string;
    readonly exportTitle: string;
    readonly notSaved: string;
  };
  readonly dispersion: {
    readonly label: string;
    readonly keys: string;
    readonly headings: string;
  };
  readonly comparison: {
    readonly choose: string;
    readonly waiting: string;
    readonly measure: string;
    readonly raw: string;
    readonly standardised: string;
    readonly static: string;
    readonly staticNote: string;
    readonly adds: string;
    readonly theseUses: string;
    readonly randomPairs: string;
    readonly drives: string;
    readonly share: string;
    readonly dimension: string;
    readonly rogue: string;
    readonly rogueNote: string;
    readonly layers: string;
    readonly layersNote: string;
    readonly layer: string;
    readonly largest: string;
  };
  readonly evidence: {
    readonly choose: string;
    readonly waiting: string;
    readonly note: string;
    readonly tagged: string;
    readonly untagged: string;
    readonly predicted: string;
    readonly rival: string;
  };
  readonly neighbours: {
    readonly note: string;
    readonly waiting: string;
    readonly none: string;
    readonly sameSense: string;
  };
}

/** The questions of the page about the uses it shows. A question has the same name here and on its way to the engine. */
export type PanelQuestion = Exclude<QuestionKind, 'uses'>;

/** Carried by a question and by its answer, so that an answer to an outdated question is recognised and dropped. */
interface Asked {
  /** Id of the question. The page counts its questions from 1; questions that begin in the editor have negative ids. */
  readonly id: number;
  /** The number of the word that the question is about. */
  readonly word: number;
}

/** A question of the page. A use is given by its index in the list of the word. */
export type PanelRequest =
  | (Asked & { readonly type: 'map'; readonly method: MapMethod })
  | (Asked & { readonly type: 'comparison'; readonly uses: readonly [number, number] })
  | (Asked & { readonly type: 'evidence'; readonly use: number })
  | (Asked & { readonly type: 'neighbours' });

/** An answer to a question, or the reason why there is none. */
export type PanelAnswer =
  | (Asked & { readonly type: 'map'; readonly map: PanelMap })
  | (Asked & { readonly type: 'comparison'; readonly comparison: PanelComparison })
  | (Asked & { readonly type: 'evidence'; readonly evidence: PanelEvidence })
  | (Asked & { readonly type: 'neighbours'; readonly neighbours: readonly PanelNeighbour[] })
  | (Asked & { readonly type: 'failed'; readonly question: PanelQuestion; readonly text: string });

export type ToInstancesPanel =
  /** The first message: texts in the reader's language, and a table that does not depend on the word. */
  | { readonly type: 'start'; readonly strings: PanelStrings; readonly layers: readonly PanelLayer[] }
  | { readonly type: 'busy'; readonly text: string }
  /** Nothing can be shown; the text says why and what to do. */
  | { readonly type: 'nothing'; readonly text: string }
  /** Another word, or the same one after an edit; `asked` is the use asked about, in `uses`. */
  | {
      readonly type: 'word';
      /**
       * Identifies the word. A list with the same number as the list before has the same uses and senses at the same indices.
       * Questions about the list before are dropped even then.
       */
      readonly number: number;
      readonly word: PanelWord;
      readonly uses: readonly PanelUse[];
      readonly asked: number;
      /** What the host needs to restore the panel; the page keeps it in its state under this name. */
      readonly memory: string;
    }
  /** A comparison that was requested in the editor is under way; its answer will have this id. */
  | (Asked & { readonly type: 'comparing' })
  | PanelAnswer
  | { readonly type: 'following'; readonly on: boolean }
  /** Moves the keyboard's focus into the list. */
  | { readonly type: 'focus' };

/** A use is given by its index in the list of the word whose number is `word`. */
export type FromInstancesPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'goTo'; readonly word: number; readonly use: number; readonly keepFocus: boolean }
  | { readonly type: 'goToNeighbour'; readonly word: number; readonly neighbour: number }
  | {
      readonly type: 'goToPosition';
      readonly word: number;
      readonly document: number;
      readonly position: number;
    }
  /** Makes this use the one asked about. */
  | { readonly type: 'ask'; readonly word: number; readonly use: number }
  | PanelRequest
  | { readonly type: 'follow'; readonly on: boolean }
  | { readonly type: 'cancel' }
  /** The uses that are listed, in the order of the list. */
  | {
      readonly type: 'saveList';
      readonly word: number;
      readonly as: 'csv' | 'json';
      readonly uses: readonly number[];
    }
  /** An SVG as text, or a PNG in base64, with its caption in the picture. */
  | { readonly type: 'saveMap'; readonly as: 'svg' | 'png'; readonly content: string }
  | { readonly type: 'chooseEncoder' };
