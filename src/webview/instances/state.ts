import type { MapMethod, PanelSort } from '../../protocol/instancesPanel';

export type View = 'list' | 'map' | 'dispersion';
export type Detail = 'use' | 'comparison' | 'evidence' | 'neighbours';

/** What the reader chose to see. It is kept while the panel is hidden and over a reload; no text of a document is in it. */
export interface ViewState {
  readonly view: View;
  readonly detail: Detail;
  readonly sort: PanelSort;
  readonly reversed: boolean;
  readonly grouped: boolean;
  readonly method: MapMethod;
  /** The number of the word that the rest of the state is about: another word begins without it. */
  readonly word: number;
  readonly filter: string;
  readonly hiddenSenses: readonly number[];
  readonly lasso: readonly number[] | null;
  readonly selected: number | null;
  /** What the extension finds the word again by. */
  readonly memory: string;
  /** Magnification of the map, and its shift in pixels. */
  readonly zoom: readonly [scale: number, x: number, y: number];
}

const OF_A_WORD = {
  filter: '',
  hiddenSenses: [],
  lasso: null,
  selected: null,
  zoom: [1, 0, 0],
} as const satisfies Partial<ViewState>;

const INITIAL: ViewState = {
  view: 'list',
  detail: 'use',
  sort: 'similarity',
  reversed: false,
  grouped: false,
  method: 'pca',
  word: 0,
  memory: '',
  ...OF_A_WORD,
};

/** The state that was kept, field by field; what is damaged or missing begins anew. */
export function restoredState(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return INITIAL;
  const state = kept as Readonly<Record<keyof ViewState, unknown>>;
  const oneOf = <Value extends string>(value: unknown, ...values: readonly Value[]): Value =>
    values.find((known) => known === value) ?? values[0]!;
  const numbers = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((item) => Number.isFinite(item));
  return {
    view: oneOf(state.view, 'list', 'map', 'dispersion'),
    detail: oneOf(state.detail, 'use', 'comparison', 'evidence', 'neighbours'),
    sort: oneOf(state.sort, 'similarity', 'position', 'left', 'right', 'sense', 'probability'),
    reversed: state.reversed === true,
    grouped: state.grouped === true,
    method: oneOf(state.method, 'pca', 'umap'),
    word: Number.isSafeInteger(state.word) ? (state.word as number) : 0,
    memory: typeof state.memory === 'string' ? state.memory : '',
    filter: typeof state.filter === 'string' ? state.filter : '',
    hiddenSenses: numbers(state.hiddenSenses) ? state.hiddenSenses : [],
    lasso: numbers(state.lasso) ? state.lasso : null,
    selected: Number.isSafeInteger(state.selected) ? (state.selected as number) : null,
    zoom:
      numbers(state.zoom) && state.zoom.length === 3
        ? [state.zoom[0]!, state.zoom[1]!, state.zoom[2]!]
        : [1, 0, 0],
  };
}

/** The state for the word of a number: filters and places that belong to another word are let go. */
export function stateAbout(state: ViewState, word: number): ViewState {
  return state.word === word ? state : { ...state, ...OF_A_WORD, word };
}
