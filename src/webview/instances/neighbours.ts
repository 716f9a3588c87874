import { element, replace } from './dom';
import { icon } from './icons';
import type { Panel, Part } from './panel';
import type { Answers } from './questions';
import { contextLine } from './useLine';
import { waitingOr } from './waiting';
import { fill, formatCosine } from './words';

/** Other words that are near the use asked about, those of the same synset marked. */
export function createNeighbours({ strings, send }: Panel): Part {
  const { neighbours: texts } = strings;
  const box = element('div', { class: 'neighbours' });
  let drawn: Answers | undefined;
  return {
    element: box,
    update: ({ answers, shown: { number, word } }) => {
      if (drawn === answers) return;
      drawn = answers;
      const { neighbours } = answers;
      replace(
        box,
        element('p', { class: 'quiet note' }, texts.note),
        waitingOr(answers, 'neighbours', texts.waiting),
        neighbours?.length === 0 ? element('p', { class: 'quiet' }, texts.none) : null,
        element(
          'ol',
          { class: 'examples' },
          ...(neighbours ?? []).map((neighbour, i) =>
            element(
              'li',
              {},
              element(
                'span',
                { class: 'value' },
                neighbour.similarity === null ? '–' : formatCosine(neighbour.similarity),
              ),
              element(
                'button',
                { class: 'line', onclick: () => send({ type: 'goToNeighbour', word: number, neighbour: i }) },
                contextLine(neighbour),
              ),
              element(
                'span',
                { class: 'quiet source' },
                neighbour.gloss,
                neighbour.sameSense
                  ? element('span', { class: 'tag' }, icon('check'), texts.sameSense)
                  : null,
                ` · ${fill(strings.use.place, word.documents[neighbour.document]?.name ?? '', neighbour.line)}`,
              ),
            ),
          ),
        ),
      );
    },
  };
}
