import type {
  PanelComparison,
  PanelContribution,
  PanelLayer,
  PanelPlace,
  PanelStrings,
} from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { icon } from './icons';
import type { Panel, Part } from './panel';
import type { Answers } from './questions';
import { contextLine } from './useLine';
import { waitingOr } from './waiting';
import { fill, formatCosine, formatShare } from './words';

/** Two uses side by side, and what drives the cosine between them. */
export function createComparison({ strings, language, layers }: Panel): Part {
  const box = element('div', { class: 'comparison' });
  let drawn: Answers | undefined;
  return {
    element: box,
    update: ({ answers }) => {
      if (drawn === answers) return;
      drawn = answers;
      const { comparison } = answers;
      replace(
        box,
        waitingOr(answers, 'comparison', strings.comparison.waiting) ??
          (comparison
            ? element('div', {}, ...comparisonElements(comparison, strings, language))
            : element('p', { class: 'quiet' }, strings.comparison.choose)),
        layers.length > 0 ? layerTable(layers, strings, language) : null,
      );
    },
  };
}

function comparisonElements(
  comparison: PanelComparison,
  strings: PanelStrings,
  language: string,
): HTMLElement[] {
  const { comparison: texts } = strings;
  const { raw, standardised, static: type, random, contributions, words } = comparison;
  const row = (label: string, value: number | null, pairs: number | null, note?: string): HTMLElement =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label, note ? element('span', { class: 'quiet note' }, note) : null),
      element('td', {}, value === null ? '–' : formatCosine(value)),
      random ? element('td', { class: 'quiet' }, pairs === null ? '' : formatCosine(pairs)) : null,
    );
  return [
    element('div', { class: 'places' }, ...words.map((place) => placeElement(place, strings))),
    element(
      'table',
      { class: 'numbers' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, texts.measure),
          element('th', { scope: 'col' }, texts.theseUses),
          random
            ? element(
                'th',
                { scope: 'col' },
                fill(texts.randomPairs, new Intl.NumberFormat(language).format(random.pairs)),
              )
            : null,
        ),
      ),
      element(
        'tbody',
        {},
        row(texts.standardised, standardised, random?.standardised ?? null),
        row(texts.raw, raw, random?.raw ?? null),
        row(texts.static, type, null, texts.staticNote),
        type === null ? null : row(texts.adds, standardised - type, null),
      ),
    ),
    element('h3', {}, texts.drives),
    element(
      'div',
      { class: 'drives' },
      contributionList(texts.raw, contributions.raw, strings, language),
      contributionList(texts.standardised, contributions.standardised, strings, language),
    ),
    ...([...contributions.raw, ...contributions.standardised].some(({ rogue }) => rogue)
      ? [element('p', { class: 'quiet note' }, texts.rogueNote)]
      : []),
  ];
}

function placeElement(place: PanelPlace, { use: texts }: PanelStrings): HTMLElement {
  return element(
    'div',
    { class: 'place-card' },
    element('blockquote', {}, contextLine(place)),
    element('p', {}, place.gloss),
    element('p', { class: 'quiet' }, fill(texts.place, place.document, place.line)),
  );
}

/** A dimension a line, its share as a bar and in figures. */
function contributionList(
  label: string,
  contributions: readonly PanelContribution[],
  { comparison: texts }: PanelStrings,
  language: string,
): HTMLElement {
  const largest = contributions.reduce((most, { share }) => Math.max(most, Math.abs(share)), 0) || 1;
  return element(
    'div',
    {},
    element('h4', {}, label),
    element(
      'ul',
      { class: 'bars' },
      ...contributions.map(({ dimension, share, rogue }) => {
        const bar = element('span', { class: rogue ? 'bar rogue' : 'bar', 'aria-hidden': 'true' });
        bar.style.setProperty('--share', String(Math.max(0, share) / largest));
        return element(
          'li',
          {},
          element(
            'span',
            { class: 'label' },
            fill(texts.dimension, dimension),
            rogue ? element('span', { class: 'tag' }, icon('flame'), texts.rogue) : null,
          ),
          element('span', { class: 'track' }, bar),
          element('span', { class: 'value' }, formatShare(share, language)),
        );
      }),
    ),
  );
}

function layerTable(
  layers: readonly PanelLayer[],
  { comparison: texts }: PanelStrings,
  language: string,
): HTMLElement {
  return element(
    'details',
    { class: 'layers' },
    element('summary', {}, texts.layers),
    element('p', { class: 'quiet note' }, texts.layersNote),
    element(
      'table',
      { class: 'numbers' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...[texts.layer, texts.raw, texts.standardised, texts.largest, texts.share].map((label) =>
            element('th', { scope: 'col' }, label),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...layers.map(({ name, raw, standardised, dimension, share }) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, name),
            element('td', {}, formatCosine(raw)),
            element('td', {}, formatCosine(standardised)),
            element('td', {}, String(dimension)),
            element('td', {}, formatShare(share, language)),
          ),
        ),
      ),
    ),
  );
}
