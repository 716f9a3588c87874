import type {
  FromInstancesPanel,
  PanelAnswer,
  PanelQuestion,
  PanelRequest,
  PanelStrings,
  ToInstancesPanel,
} from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { createLayout, type Layout } from './layout';
import { createUseList } from './list';
import type { Panel, Shown, ShownWord, UseAction } from './panel';
import { afterRefresh, isWaitingFor, NO_ANSWERS, withAnswer, withQuestion } from './questions';
import { restoredState, stateAbout, type ViewState } from './state';

export interface AppOptions {
  readonly root: HTMLElement;
  readonly language: string;
  /** The state that was kept, as it was kept. */
  readonly kept: unknown;
  readonly keep: (state: ViewState) => void;
  readonly send: (message: FromInstancesPanel) => void;
}

export interface App {
  receive(message: ToInstancesPanel): void;
}

/** The page: the word shown, questions and answers about it, and what the reader chose to see. */
export function createApp({ root, language, kept, keep, send }: AppOptions): App {
  let view = restoredState(kept);
  let word: ShownWord | undefined;
  let answers = NO_ANSWERS;
  let shown: Shown | undefined;
  let layout: Layout | undefined;
  let panel: Panel | undefined;
  let frame = 0;
  /** Counts the questions of the page. */
  let lastId = 0;
  const progress = element('vscode-progress-bar', { class: 'progress', hidden: true });
  const notice = element('p', { class: 'notice', role: 'status' });
  const cancel = element('vscode-button', {
    class: 'cancel',
    secondary: true,
    hidden: true,
    onclick: () => {
      send({ type: 'cancel' });
      // What was shown before is still there.
      if (word) tell('', false);
    },
  });
  const spoken = element('p', { class: 'only-heard', 'aria-live': 'polite' });
  const status = element('div', { class: 'status' }, notice, cancel);
  const main = element('main', {}, progress, status, spoken);
  replace(root, main);

  function start(strings: PanelStrings, layers: Panel['layers']): void {
    word = undefined;
    cancel.textContent = strings.header.cancel;
    panel = { strings, layers, language, change, request, goTo, act, send, announce };
    layout?.element.remove();
    layout = createLayout(panel);
    layout.element.hidden = true;
    main.append(layout.element);
  }

  /** One line about what is going on; without text, the word is shown. */
  function tell(text: string, busy: boolean): void {
    notice.textContent = text;
    status.hidden = text === '';
    progress.hidden = !busy;
    progress.ariaLabel = text;
    cancel.hidden = !busy;
  }

  function change(next: Partial<ViewState>): void {
    view = { ...view, ...next };
    keep(view);
    // Several changes in one turn are drawn once.
    if (frame === 0)
      frame = requestAnimationFrame(() => {
        frame = 0;
        draw();
      });
  }

  function draw(): void {
    if (!word || !layout) return;
    const sameFilters =
      shown?.shown === word &&
      shown.view.sort === view.sort &&
      shown.view.reversed === view.reversed &&
      shown.view.filter === view.filter &&
      shown.view.hiddenSenses === view.hiddenSenses &&
      shown.view.lasso === view.lasso;
    const hiddenSenses = sameFilters ? shown!.hiddenSenses : new Set(view.hiddenSenses);
    const listed = sameFilters
      ? shown!.listed
      : word.list.list({ ...view, hiddenSenses, lasso: view.lasso && new Set(view.lasso) });
    shown = { shown: word, answers, view, listed, hiddenSenses, selected: view.selected ?? word.asked };
    layout.update(shown);
  }

  function receiveAnswer(answer: PanelAnswer): void {
    const next = withAnswer(answers, answer);
    if (!next) return;
    answers = next;
    draw();
  }

  /** Asks what has not been answered yet about the word or the selected use. */
  function request(question: PanelQuestion): void {
    const next = word && questionAbout(word, question);
    if (!next || isWaitingFor(answers, next)) return;
    lastId = next.id;
    answers = withQuestion(answers, next);
    send(next);
    change({});
  }

  /** @returns `undefined` where there is nothing to ask */
  function questionAbout({ number, asked }: ShownWord, question: PanelQuestion): PanelRequest | undefined {
    const about = { id: lastId + 1, word: number };
    const use = view.selected ?? asked;
    switch (question) {
      case 'map':
        return { type: question, ...about, method: view.method };
      case 'neighbours':
        return answers.neighbours ? undefined : { type: question, ...about };
      case 'evidence':
        return answers.evidence?.use === use ? undefined : { type: question, ...about, use };
      case 'comparison':
        return use === asked ? undefined : { type: question, ...about, uses: [asked, use] };
    }
  }

  function goTo(use: number, keepFocus: boolean): void {
    change({ selected: use });
    if (word) send({ type: 'goTo', word: word.number, use, keepFocus });
  }

  function act(action: UseAction, use: number): void {
    switch (action) {
      case 'goTo':
        goTo(use, false);
        return;
      case 'show':
        change({ selected: use, detail: 'use' });
        return;
      case 'ask':
        if (word) send({ type: 'ask', word: word.number, use });
        return;
      case 'comparison':
      case 'evidence':
      case 'neighbours':
        change({ selected: use, detail: action });
        request(action);
    }
  }

  function announce(text: string): void {
    spoken.textContent = text;
  }

  function showWord(message: Extract<ToInstancesPanel, { type: 'word' }>): void {
    const { number, uses, asked, memory } = message;
    const before = word;
    const isSame = before?.number === number;
    word = { ...message, list: createUseList(uses, asked, language) };
    view = { ...stateAbout(view, number), memory };
    // When another use is asked about, its details are shown.
    if (isSame && before.asked !== asked) view = { ...view, selected: null };
    if (view.selected !== null && view.selected >= uses.length) view = { ...view, selected: null };
    keep(view);
    answers = isSame ? afterRefresh(answers, before.asked === asked) : NO_ANSWERS;
    tell('', false);
    layout!.element.hidden = false;
    draw();
    request('map');
    if (view.detail === 'neighbours' || view.detail === 'evidence') request(view.detail);
  }

  return {
    receive: (message) => {
      if (message.type === 'start') {
        start(message.strings, message.layers);
        return;
      }
      if (!panel || !layout) return;
      switch (message.type) {
        case 'busy':
          tell(message.text, true);
          return;
        case 'nothing':
          layout.element.hidden = true;
          tell(message.text, false);
          return;
        case 'word':
          showWord(message);
          return;
        case 'comparing':
          if (word?.number !== message.word) return;
          answers = withQuestion(answers, message);
          change({ detail: 'comparison' });
          return;
        case 'map':
        case 'comparison':
        case 'evidence':
        case 'neighbours':
        case 'failed':
          receiveAnswer(message);
          return;
        case 'following':
          layout.follows(message.on);
          return;
        case 'focus':
          layout.focusList();
      }
    },
  };
}
