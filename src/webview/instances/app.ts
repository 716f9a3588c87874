import type {
  FromInstancesPanel,
  PanelRequest,
  PanelStrings,
  ToInstancesPanel,
} from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { createLayout, type Layout } from './layout';
import { createUseList } from './list';
import type { Answers, Panel, Shown, ShownWord, UseAction } from './panel';
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

const NO_ANSWERS: Answers = { waiting: new Set(), failed: new Map() };

/** The panel: what is shown, what was asked for, and what the reader chose to see. */
export function createApp({ root, language, kept, keep, send }: AppOptions): App {
  let view = restoredState(kept);
  let word: ShownWord | undefined;
  let answers = NO_ANSWERS;
  let shown: Shown | undefined;
  let layout: Layout | undefined;
  let panel: Panel | undefined;
  let frame = 0;
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

  function answer(request: PanelRequest, next: Partial<Answers>): void {
    const waiting = new Set(answers.waiting);
    waiting.delete(request);
    const failed = new Map(answers.failed);
    failed.delete(request);
    answers = { ...answers, waiting, failed, ...next };
    draw();
  }

  function waitFor(request: PanelRequest, message: FromInstancesPanel): void {
    const failed = new Map(answers.failed);
    failed.delete(request);
    answers = { ...answers, waiting: new Set(answers.waiting).add(request), failed };
    send(message);
    change({});
  }

  function request(what: PanelRequest): void {
    if (!word || answers.waiting.has(what)) return;
    const { number, asked } = word;
    const use = view.selected ?? asked;
    switch (what) {
      case 'map': {
        waitFor(what, { type: 'map', word: number, method: view.method });
        return;
      }
      case 'neighbours':
        if (!answers.neighbours) waitFor(what, { type: 'neighbours', word: number });
        return;
      case 'evidence':
        if (answers.evidence?.use !== use) waitFor(what, { type: 'evidence', word: number, use });
        return;
      case 'comparison':
        if (use !== asked) waitFor(what, { type: 'compare', word: number, uses: [asked, use] });
    }
  }

  function goTo(use: number, keepFocus: boolean): void {
    change({ selected: use });
    if (word) send({ type: 'goTo', word: word.number, use, keepFocus });
  }

  function act(action: UseAction, use: number): void {
    switch (action) {
      case 'goTo': {
        goTo(use, false);
        return;
      }
      case 'show': {
        change({ selected: use, detail: 'use' });
        return;
      }
      case 'ask':
        if (word) send({ type: 'ask', word: word.number, use });
        return;
      case 'compare':
        change({ selected: use, detail: 'comparison' });
        {
          request('comparison');
          return;
        }
      case 'evidence':
      case 'neighbours':
        change({ selected: use, detail: action });
        {
          request(action);
          return;
        }
    }
  }

  function announce(text: string): void {
    spoken.textContent = text;
  }

  function showWord(message: Extract<ToInstancesPanel, { type: 'word' }>): void {
    const { uses, asked, memory } = message;
    const about = `${message.word.senses[0]?.key ?? ''} ${uses.length}`;
    const before = word;
    const same = before !== undefined && view.about === about;
    word = { ...message, list: createUseList(uses, asked, language) };
    view = { ...stateAbout(view, about), memory };
    // Another use asked about is the one to look at.
    if (same && before.asked !== asked) view = { ...view, selected: null };
    if (view.selected !== null && view.selected >= uses.length) view = { ...view, selected: null };
    keep(view);
    // The map of the same uses stays until the new one is there.
    answers = same && answers.map ? { ...NO_ANSWERS, map: answers.map } : NO_ANSWERS;
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
        case 'busy': {
          tell(message.text, true);
          return;
        }
        case 'nothing':
          layout.element.hidden = true;
          {
            tell(message.text, false);
            return;
          }
        case 'word': {
          showWord(message);
          return;
        }
        case 'map': {
          const { map } = message;
          const fits = map.x.length === word?.uses.length && map.method === view.method;
          if (fits) answer('map', { map });
          return;
        }
        case 'comparison':
          change({ detail: 'comparison' });
          {
            answer('comparison', { comparison: message.comparison });
            return;
          }
        case 'evidence': {
          answer('evidence', { evidence: message.evidence });
          return;
        }
        case 'neighbours': {
          answer('neighbours', { neighbours: message.neighbours });
          return;
        }
        case 'failed':
          answer(message.what, {});
          answers = { ...answers, failed: new Map(answers.failed).set(message.what, message.text) };
          {
            draw();
            return;
          }
        case 'following': {
          layout.follows(message.on);
          return;
        }
        case 'focus': {
          layout.focusList();
          return;
        }
      }
    },
  };
}
