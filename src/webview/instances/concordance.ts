import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { PanelColumn, PanelSort } from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { icon } from './icons';
import { type Row, rowsOf } from './list';
import type { Panel, Part, Shown, UseAction } from './panel';
import { columnsOf, rowElement } from './rows';
import { openMenu } from './menu';

export interface Concordance extends Part {
  focus(): void;
}

/** A row's height in the font's size. */
const ROW_HEIGHT = 1.85;
const OVERSCAN = 12;
const KEYS: Readonly<Record<string, UseAction>> = {
  Enter: 'goTo',
  ' ': 'show',
  a: 'ask',
  c: 'comparison',
  w: 'evidence',
  n: 'neighbours',
};

/** The uses in their contexts, keyword under keyword. Only rows near the screen are on the page. */
export function createConcordance(panel: Panel): Concordance {
  const { strings, language } = panel;
  const body = element('div', { role: 'rowgroup', class: 'rows' });
  const scroller = element('div', { class: 'scroller', role: 'presentation' }, body);
  const heads = element('div', { role: 'row', class: 'row heads', 'aria-rowindex': 1 });
  const keys = element('p', { id: 'list-keys', class: 'only-heard' }, strings.list.keys);
  const grid = element(
    'div',
    { role: 'grid', class: 'grid', 'aria-label': strings.list.label, 'aria-describedby': keys.id },
    element('div', { role: 'rowgroup', class: 'head' }, heads),
    scroller,
  );
  const empty = element(
    'p',
    { class: 'empty', role: 'status' },
    strings.list.empty,
    ' ',
    element(
      'button',
      { class: 'link', onclick: () => panel.change({ filter: '', hiddenSenses: [], lasso: null }) },
      strings.list.showAll,
    ),
  );
  let current: Shown | undefined;
  let rows: readonly Row[] = [];
  /** The row that the keyboard is in. */
  let active = 0;
  let drawn = new Map<number, HTMLElement>();

  /** In pixels; the font's size is the reader's. */
  let rowHeight = 0;
  const options = {
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(),
  };
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({ ...options, count: 0 });
  virtualizer._didMount();

  function setActive(index: number): void {
    active = index;
    virtualizer.setOptions({
      ...options,
      count: rows.length,
      // The keyboard's row stays on the page, so that Tab finds it.
      rangeExtractor: (range) => {
        const near = defaultRangeExtractor(range);
        return near.includes(index) || index >= range.count ? near : [...near, index].sort((a, b) => a - b);
      },
    });
  }

  function draw(): void {
    if (!current) return;
    const items = virtualizer.getVirtualItems();
    const kept = new Map<number, HTMLElement>();
    for (const { index, start } of items) {
      const row = drawn.get(index) ?? newRow(index, start);
      drawn.delete(index);
      kept.set(index, row);
    }
    for (const row of drawn.values()) row.remove();
    drawn = kept;
  }

  function newRow(index: number, start: number): HTMLElement {
    const row = rowElement(rows[index]!, current!.shown, strings, language);
    row.setAttribute('aria-rowindex', String(index + 2));
    row.style.transform = `translateY(${start}px)`;
    mark(row, index);
    // In the order of the list, which is the order in which they are read out.
    const next = [...drawn].find(([other, element]) => other > index && element.parentElement === body);
    body.insertBefore(row, next?.[1] ?? null);
    return row;
  }

  function mark(row: HTMLElement, index: number): void {
    const { use } = row.dataset;
    row.tabIndex = index === active ? 0 : -1;
    if (use !== undefined) row.setAttribute('aria-selected', String(Number(use) === current?.selected));
  }

  function moveTo(index: number): void {
    if (rows.length === 0) return;
    setActive(Math.max(0, Math.min(index, rows.length - 1)));
    virtualizer.scrollToIndex(active, { align: 'auto' });
    draw();
    for (const [other, row] of drawn) mark(row, other);
    drawn.get(active)?.focus({ preventScroll: true });
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as Element).closest('.rows')) return;
    const page = Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 1);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    const row = rows[active];
    const target = targets[event.key];
    const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (target !== undefined) moveTo(target);
    else if (row?.kind !== 'use') return;
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) menuBelow(row.use);
    else if (action && !event.shiftKey) panel.act(action, row.use);
    else return;
    event.preventDefault();
  }

  function menuBelow(use: number): void {
    const { left, bottom } = drawn.get(active)!.getBoundingClientRect();
    menu(use, { x: left + 40, y: bottom });
  }

  function menu(use: number, at: { x: number; y: number }): void {
    const { use: texts } = strings;
    const item = (
      label: string,
      name: string,
      key: string,
      action: UseAction,
    ): Parameters<typeof openMenu>[1][number] => ({
      label,
      icon: name,
      key,
      run: () => panel.act(action, use),
    });
    openMenu(
      strings.list.actions,
      [
        item(texts.goTo, 'go-to-file', '⏎', 'goTo'),
        item(texts.show, 'inspect', '␣', 'show'),
        item(texts.ask, 'target', 'A', 'ask'),
        item(texts.compare, 'git-compare', 'C', 'comparison'),
        item(texts.why, 'law', 'W', 'evidence'),
        item(strings.tabs.neighbours, 'references', 'N', 'neighbours'),
      ],
      at,
    );
  }

  /** The row that an event happened in becomes the keyboard's. */
  function useAt(event: Event): number | undefined {
    const row = (event.target as Element).closest<HTMLElement>('.row[data-use]');
    if (!row) return undefined;
    const index = [...drawn].find(([, element]) => element === row)?.[0];
    if (index !== undefined) {
      setActive(index);
      for (const [other, element] of drawn) mark(element, other);
    }
    return Number(row.dataset['use']);
  }

  grid.addEventListener('keydown', onKey);
  body.addEventListener('click', (event) => {
    const use = useAt(event);
    if (use !== undefined) panel.goTo(use, true);
  });
  body.addEventListener('dblclick', (event) => {
    const use = useAt(event);
    if (use !== undefined) panel.goTo(use, false);
  });
  body.addEventListener('contextmenu', (event) => {
    const use = useAt(event);
    if (use === undefined) return;
    event.preventDefault();
    menu(use, { x: event.clientX, y: event.clientY });
  });

  function drawHeads({ shown, view }: Shown): void {
    const columns = columnsOf(shown);
    grid.setAttribute('aria-colcount', String(columns.length));
    grid.classList.toggle('several-documents', columns.includes('document'));
    replace(heads, ...columns.map((column) => head(column, view.sort, view.reversed)));
  }

  function head(column: PanelColumn, sort: PanelSort, reversed: boolean): HTMLElement {
    const label = strings.list.columns[column];
    if (column === 'keyword' || column === 'document')
      return element('div', { role: 'columnheader', class: `cell ${column}` }, element('span', {}, label));
    const sorted = column === sort;
    const descends = (column === 'similarity' || column === 'probability') !== reversed;
    return element(
      'div',
      {
        role: 'columnheader',
        class: `cell ${column}`,
        'aria-sort': sorted ? (descends ? 'descending' : 'ascending') : 'none',
      },
      element(
        'button',
        {
          title: strings.list.sorts[column],
          onclick: () => panel.change({ sort: column, reversed: sorted && !reversed }),
        },
        element('span', {}, label),
        sorted ? icon(descends ? 'arrow-down' : 'arrow-up') : null,
      ),
    );
  }

  /** New rows; the keyboard stays in the use it was in, where that is still listed. */
  function rebuild(shown: Shown): void {
    const kept = rows[active];
    rows = rowsOf(shown.listed, shown.shown.uses, shown.view.grouped);
    const again = rows.findIndex((row) => row.kind === 'use' && kept?.kind === 'use' && row.use === kept.use);
    setActive(Math.max(0, again));
    const hadFocus = body.contains(document.activeElement);
    for (const row of drawn.values()) row.remove();
    drawn = new Map();
    grid.setAttribute('aria-rowcount', String(rows.length + 1));
    empty.hidden = rows.length > 0;
    const { uses } = shown.shown;
    const longest = uses.reduce((most, { keyword }) => Math.max(most, keyword.length), 0);
    grid.style.setProperty('--keyword-characters', String(Math.min(longest, 24)));
    rowHeight = Math.round(parseFloat(getComputedStyle(document.body).fontSize) * ROW_HEIGHT);
    grid.style.setProperty('--row-height', `${rowHeight}px`);
    virtualizer.measure();
    virtualizer._willUpdate();
    body.style.height = `${virtualizer.getTotalSize()}px`;
    draw();
    if (hadFocus) drawn.get(active)?.focus({ preventScroll: true });
  }

  return {
    element: element('div', { class: 'concordance' }, keys, grid, empty),
    update: (shown) => {
      const before = current;
      current = shown;
      const { view } = shown;
      if (
        before?.shown !== shown.shown ||
        before.view.sort !== view.sort ||
        before.view.reversed !== view.reversed
      )
        drawHeads(shown);
      const sameList = before?.shown === shown.shown && before.listed === shown.listed;
      if (!sameList || before.view.grouped !== view.grouped) {
        rebuild(shown);
        // After an edit the reader stays where they were.
        const another = before?.view.word !== view.word || before.shown.asked !== shown.shown.asked;
        if (another || before.view.sort !== view.sort) scroller.scrollTop = 0;
      } else if (before.selected !== shown.selected) {
        for (const [index, row] of drawn) mark(row, index);
        reveal(shown.selected);
      }
    },
    focus: () => moveTo(active),
  };

  /** Scrolls to a use that was selected elsewhere. */
  function reveal(use: number): void {
    const index = rows.findIndex((row) => row.kind === 'use' && row.use === use);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }
}
