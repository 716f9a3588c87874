import type {
  FromInstancesPanel,
  PanelLayer,
  PanelQuestion,
  PanelStrings,
  PanelUse,
  PanelWord,
} from '../../protocol/instancesPanel';
import type { UseList } from './list';
import type { Answers } from './questions';
import type { ViewState } from './state';

/** The word shown, and what it was asked about. */
export interface ShownWord {
  /** The number of its message, by which the extension knows it. */
  readonly number: number;
  readonly word: PanelWord;
  readonly uses: readonly PanelUse[];
  readonly asked: number;
  readonly list: UseList;
}

/** Everything that is drawn. Nothing in it is ever changed, so that parts see by identity whether they must redraw. */
export interface Shown {
  readonly shown: ShownWord;
  readonly answers: Answers;
  readonly view: ViewState;
  /** The uses that pass the filters, in the list's order. */
  readonly listed: readonly number[];
  /** The senses that the legend has turned off. */
  readonly hiddenSenses: ReadonlySet<number>;
  /** The use that details are shown of: the one selected, else the one asked about. */
  readonly selected: number;
}

/** What the parts of the panel know of it. */
export interface Panel {
  readonly strings: PanelStrings;
  readonly language: string;
  readonly layers: readonly PanelLayer[];
  readonly change: (change: Partial<ViewState>) => void;
  /** Asks the extension for what it has not answered yet. */
  readonly request: (question: PanelQuestion) => void;
  /** Selects a use and shows its place in the editor. */
  readonly goTo: (use: number, keepFocus: boolean) => void;
  /** Carries out what the menu of a use offers. */
  readonly act: (action: UseAction, use: number) => void;
  readonly send: (message: FromInstancesPanel) => void;
  /** Tells people who listen rather than look. */
  readonly announce: (text: string) => void;
}

export type UseAction = 'goTo' | 'show' | 'ask' | 'comparison' | 'evidence' | 'neighbours';

/** A part of the panel. */
export interface Part {
  readonly element: HTMLElement;
  update(shown: Shown): void;
}
