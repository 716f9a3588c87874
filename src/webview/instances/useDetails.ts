import { element, replace } from './dom';
import { icon, senseMark } from './icons';
import type { Panel, Part, UseAction } from './panel';
import { contextLine } from './useLine';
import { closerThanText, fill, formatCosine, formatShare } from './words';

/** The selected use in full: its context and sense, how near it is, and what can be asked about it. */
export function createUseDetails(panel: Panel): Part {
  const { strings, language } = panel;
  const texts = strings.use;
  const box = element('div', { class: 'use-details' });
  return {
    element: box,
    update: ({ shown: { word, uses, asked }, selected }) => {
      const use = uses[selected]!;
      const { sense, rival, cosine, probability, similarity, unsure, heading, document, line } = use;
      const { gloss, synonyms, supersense } = word.senses[sense]!;
      const { name, headings } = word.documents[document]!;
      const place = fill(texts.place, name, line);
      const figure = (label: string, value: string): HTMLElement =>
        element('div', {}, element('dt', {}, label), element('dd', {}, value));
      const button = (label: string, action: UseAction): HTMLElement =>
        element(
          'vscode-button',
          { secondary: action !== 'goTo', onclick: () => panel.act(action, selected) },
          label,
        );
      replace(
        box,
        element('blockquote', {}, contextLine(use)),
        element(
          'p',
          { class: 'quiet' },
          heading >= 0 ? `${place} · ${headings[heading]!.title}` : place,
          selected === asked ? element('span', { class: 'tag' }, icon('target'), texts.asked) : null,
          unsure ? element('span', { class: 'tag' }, icon('question'), texts.unsure) : null,
        ),
        element(
          'p',
          { class: 'meaning' },
          senseMark(sense),
          element('span', {}, element('b', {}, gloss), ' ', element('span', { class: 'quiet' }, supersense)),
        ),
        synonyms.length > 1
          ? element('p', { class: 'quiet' }, fill(texts.synonyms, synonyms.join(', ').replaceAll('_', ' ')))
          : null,
        selected === asked
          ? null
          : element('p', { class: 'headline' }, closerThanText(use, strings, language)),
        element(
          'dl',
          { class: 'numbers' },
          similarity !== null && selected !== asked
            ? figure(texts.similarity, formatCosine(similarity))
            : null,
          cosine === null ? null : figure(texts.senseCosine, formatCosine(cosine)),
          probability === null ? null : figure(texts.probability, formatShare(probability, language)),
        ),
        rival < 0 ? null : element('p', { class: 'quiet' }, fill(texts.rival, word.senses[rival]!.gloss)),
        element('p', { class: 'quiet note' }, texts.cosineNote),
        element(
          'div',
          { class: 'buttons' },
          button(texts.goTo, 'goTo'),
          selected === asked ? null : button(texts.ask, 'ask'),
          selected === asked ? null : button(texts.compare, 'comparison'),
          button(texts.why, 'evidence'),
        ),
      );
    },
  };
}
