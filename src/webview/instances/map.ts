import type { MapMethod } from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { senseMark, toolbarButton } from './icons';
import { mapFigures } from './mapFigures';
import { type MapPicture, mapSvg } from './mapSvg';
import { openMenu } from './menu';
import type { Panel, Part, Shown } from './panel';
import { createPlot } from './plot';
import { pngOf } from './png';
import { createTooltip } from './tooltip';
import { contextLine } from './useLine';
import { closerThanText, fill, honestyText, sourceText } from './words';
import { waitingOr } from './waiting';

const METHODS: Readonly<Record<MapMethod, string>> = { pca: 'PCA', umap: 'UMAP' };
const STEP = 40;

/** The sense map: uses and sense vectors in two dimensions, and how far such a picture can be trusted. */
export function createMap(panel: Panel): Part {
  const { strings, language } = panel;
  const texts = strings.map;
  let current: Shown | undefined;

  const methods = (Object.keys(METHODS) as MapMethod[]).map((method) =>
    element(
      'button',
      { role: 'radio', 'data-method': method, onclick: () => choose(method), onkeydown: onMethodKey },
      METHODS[method],
    ),
  );
  const lasso = toolbarButton('screen-cut', texts.lasso, () =>
    plot.svg.classList.toggle('lassoing', lasso.checked),
  );
  lasso.toggleable = true;
  const save = toolbarButton('save', texts.save, () => {
    const { left, bottom } = save.getBoundingClientRect();
    openMenu(
      texts.save,
      [
        { label: texts.svg, icon: 'file-media', run: saveSvg },
        { label: texts.png, icon: 'file-media', run: () => void savePng() },
      ],
      { x: left, y: bottom },
    );
  });
  const tooltip = createTooltip();
  const plot = createPlot({
    lassoIsOn: () => lasso.checked,
    onLasso: (uses) => {
      lasso.checked = false;
      plot.svg.classList.remove('lassoing');
      panel.change({ lasso: uses.length > 0 ? [...uses] : null });
      panel.announce(fill(strings.list.lasso, uses.length, current?.shown.uses.length ?? 0));
    },
    onZoom: (zoom) => panel.change({ zoom }),
    onHover: (use) => {
      plot.svg.classList.toggle('near', use !== undefined);
      if (use === undefined) tooltip.hide();
      else describe(use);
    },
    onClick: (use) => panel.goTo(use, true),
  });
  const toolbar = element(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': strings.tabs.map },
    element('div', { class: 'segments', role: 'radiogroup', 'aria-label': texts.method }, ...methods),
    element('span', { class: 'spring' }),
    lasso,
    toolbarButton('zoom-in', texts.zoomIn, () => plot.zoomBy(1.5)),
    toolbarButton('zoom-out', texts.zoomOut, () => plot.zoomBy(1 / 1.5)),
    toolbarButton('screen-full', texts.reset, () => plot.zoomBy(0)),
    save,
  );
  const waiting = element('div', { class: 'over' });
  const figures = element('div');
  const caption = element('p', { class: 'quiet caption' });
  const chooseEncoder = element(
    'button',
    { class: 'link', onclick: () => panel.send({ type: 'chooseEncoder' }) },
    texts.chooseEncoder,
  );
  const source = element('p', { class: 'quiet caption' });

  plot.svg.addEventListener('keydown', onKey);
  plot.svg.addEventListener('focus', () => {
    if (plot.svg.matches(':focus-visible') && current) describe(current.selected);
  });
  plot.svg.addEventListener('blur', () => tooltip.hide());

  function choose(method: MapMethod): void {
    panel.change({ method, zoom: [1, 0, 0] });
    panel.request('map');
  }

  function onMethodKey(event: KeyboardEvent): void {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const other = methods.find((button) => button !== event.target)!;
    choose(other.dataset['method'] as MapMethod);
    other.focus();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    const actions: Readonly<Record<string, () => void>> = {
      '+': () => plot.zoomBy(1.5),
      '=': () => plot.zoomBy(1.5),
      '-': () => plot.zoomBy(1 / 1.5),
      '0': () => plot.zoomBy(0),
      ArrowLeft: () => plot.panBy(STEP, 0),
      ArrowRight: () => plot.panBy(-STEP, 0),
      ArrowUp: () => plot.panBy(0, STEP),
      ArrowDown: () => plot.panBy(0, -STEP),
      PageDown: () => walk(1),
      PageUp: () => walk(-1),
      Enter: () => panel.goTo(current!.selected, false),
      Escape: () => panel.change({ lasso: null }),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** Selects the next use of the list, and says what it is. */
  function walk(step: number): void {
    const { listed, selected, shown } = current!;
    if (listed.length === 0) return;
    const at = listed.indexOf(selected);
    const use = listed[(at + step + listed.length) % listed.length]!;
    panel.change({ selected: use });
    describe(use);
    const { left, keyword, right, sense } = shown.uses[use]!;
    panel.announce(`${left}${keyword}${right}. ${shown.word.senses[sense]!.gloss}`);
  }

  function describe(use: number): void {
    const at = plot.pageOf(use);
    if (!current || !at) {
      tooltip.hide();
      return;
    }
    const { shown } = current;
    const { sense } = shown.uses[use]!;
    tooltip.show(
      [
        element('p', {}, contextLine(shown.uses[use]!)),
        element('p', { class: 'quiet' }, senseMark(sense), shown.word.senses[sense]!.gloss),
        element(
          'p',
          { class: 'quiet' },
          use === shown.asked ? strings.use.asked : closerThanText(shown.uses[use]!, strings, language),
        ),
      ],
      at,
    );
  }

  function picture(): MapPicture | undefined {
    const map = current?.answers.map;
    if (!current || !map) return undefined;
    const { shown, hiddenSenses } = current;
    return { ...shown, map, strings, language, hiddenSenses };
  }

  function saveSvg(): void {
    const drawn = picture();
    if (drawn) panel.send({ type: 'saveMap', as: 'svg', content: mapSvg(drawn) });
  }

  async function savePng(): Promise<void> {
    const drawn = picture();
    if (!drawn) return;
    try {
      panel.send({ type: 'saveMap', as: 'png', content: await pngOf(mapSvg(drawn)) });
    } catch {
      panel.announce(texts.notSaved);
    }
  }

  return {
    element: element(
      'div',
      { class: 'sense-map' },
      toolbar,
      element('div', { class: 'plot-area' }, plot.svg, waiting),
      element('div', { class: 'beside' }, figures, caption, chooseEncoder, source),
      tooltip.element,
    ),
    update: (shown) => {
      const before = current;
      current = shown;
      const { answers, view } = shown;
      for (const button of methods) {
        const checked = button.dataset['method'] === view.method;
        button.setAttribute('aria-checked', String(checked));
        button.tabIndex = checked ? 0 : -1;
      }
      replace(waiting, waitingOr(answers, 'map', texts.computing));
      if (before?.shown !== shown.shown) {
        const { word, uses } = shown.shown;
        plot.svg.setAttribute(
          'aria-label',
          `${fill(texts.label, word.lemma.replaceAll('_', ' '), uses.length)}. ${texts.keys}`,
        );
        caption.textContent = honestyText(word, strings);
        source.textContent = sourceText(word, strings);
      }
      if (!answers.map) {
        replace(figures);
        return;
      }
      if (before?.answers.map !== answers.map || before.shown !== shown.shown)
        replace(figures, mapFigures(answers.map, shown.shown, strings, language));
      plot.draw(shown, answers.map);
    },
  };
}
