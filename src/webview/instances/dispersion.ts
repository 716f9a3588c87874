import type { PanelDocument } from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { senseMark } from './icons';
import type { Panel, Part, Shown } from './panel';
import { colourClass } from './shapes';
import { fill, firstWords, shortSense } from './words';

/** More headings would run into each other. */
const MOST_HEADINGS = 24;

/** Where in each document each sense stands: a lane a sense, headings as ticks. */
export function createDispersion(panel: Panel): Part {
  const { strings } = panel;
  const strips = element('div');
  let drawn: Shown | undefined;
  let marks = new Map<number, HTMLElement>();

  function strip(document: number, shown: Shown): HTMLElement | null {
    const { word, uses } = shown.shown;
    const placed = shown.listed
      .filter((use) => uses[use]!.document === document)
      .sort((a, b) => uses[a]!.position - uses[b]!.position);
    if (placed.length === 0) return null;
    const { name } = word.documents[document]!;
    const senses = [...new Set(placed.map((use) => uses[use]!.sense))].sort((a, b) => a - b);
    const lanes = element('div', {
      class: 'lanes',
      role: 'listbox',
      tabindex: 0,
      'aria-label': fill(strings.dispersion.label, word.lemma.replaceAll('_', ' '), name),
      'aria-describedby': 'dispersion-keys',
      onkeydown: (event: KeyboardEvent) => onKey(event, lanes, placed),
      onclick: (event: MouseEvent) => onClick(event, lanes, document),
    });
    lanes.style.setProperty('--lanes', String(senses.length));
    for (const use of placed) {
      const { sense, position, left, keyword, right } = uses[use]!;
      const mark = element('div', {
        id: `place-${use}`,
        role: 'option',
        class: `place ${colourClass(sense)}`,
        'data-use': use,
        'aria-label': `${shortSense(word, sense)}: ${left}${keyword}${right}`,
        title: `${left}${keyword}${right}`,
      });
      mark.style.setProperty('--position', String(position));
      mark.style.setProperty('--lane', String(senses.indexOf(sense)));
      marks.set(use, mark);
      lanes.append(mark);
    }
    return element(
      'section',
      { class: 'strip' },
      element('h2', {}, name),
      element(
        'div',
        { class: 'lane-names', 'aria-hidden': 'true' },
        ...senses.map((sense) =>
          element('span', {}, senseMark(sense), element('span', {}, shortSense(word, sense))),
        ),
      ),
      lanes,
      ticks(document, word.documents[document]!),
    );
  }

  function ticks(document: number, { headings }: PanelDocument): HTMLElement {
    // The highest levels that fit: a novel has its chapters, not every scene.
    const most = Math.max(
      headings.reduce((least, { level }) => Math.min(least, level), 6),
      [6, 5, 4, 3, 2, 1].find((level) => headings.filter((h) => h.level <= level).length <= MOST_HEADINGS) ??
        0,
    );
    const shown = headings.filter(({ level }) => level <= most);
    return element(
      'div',
      { class: 'ticks', role: 'group', 'aria-label': strings.dispersion.headings },
      ...shown.map(({ title, position }, i) => {
        const tick = element(
          'button',
          { title, onclick: () => goToPosition(document, position) },
          firstWords(title, 30),
        );
        tick.style.setProperty('--position', String(position));
        tick.style.setProperty('--width', String((shown[i + 1]?.position ?? 1) - position));
        return tick;
      }),
    );
  }

  function goToPosition(document: number, position: number): void {
    if (drawn) panel.send({ type: 'goToPosition', word: drawn.shown.number, document, position });
  }

  function onClick(event: MouseEvent, lanes: HTMLElement, document: number): void {
    const mark = (event.target as Element).closest<HTMLElement>('[data-use]');
    if (mark) {
      panel.goTo(Number(mark.dataset['use']), true);
      return;
    }
    const { left, width } = lanes.getBoundingClientRect();
    goToPosition(document, Math.max(0, Math.min(1, (event.clientX - left) / width)));
  }

  function onKey(event: KeyboardEvent, lanes: HTMLElement, placed: readonly number[]): void {
    const active = lanes.getAttribute('aria-activedescendant');
    const at = placed.findIndex((use) => `place-${use}` === active);
    const last = placed.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(at + 1, last),
      ArrowDown: Math.min(at + 1, last),
      ArrowLeft: Math.max(at - 1, 0),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      const use = placed[target]!;
      lanes.setAttribute('aria-activedescendant', `place-${use}`);
      panel.change({ selected: use });
    } else if (event.key === 'Enter' && at >= 0) panel.goTo(placed[at]!, false);
    else return;
    event.preventDefault();
  }

  return {
    element: element(
      'div',
      { class: 'strips' },
      element('p', { id: 'dispersion-keys', class: 'quiet' }, strings.dispersion.keys),
      strips,
    ),
    update: (shown) => {
      const before = drawn;
      drawn = shown;
      if (before?.shown !== shown.shown || before.listed !== shown.listed) {
        marks = new Map();
        replace(strips, ...shown.shown.word.documents.map((_, document) => strip(document, shown)));
      } else if (before.selected === shown.selected) return;
      for (const [use, mark] of marks) {
        mark.setAttribute('aria-selected', String(use === shown.selected));
        mark.classList.toggle('asked', use === shown.shown.asked);
      }
    },
  };
}
