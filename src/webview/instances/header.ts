import { element, replace } from './dom';
import type { Panel, Part } from './panel';
import { usesText } from './words';

export interface Header extends Part {
  follows(on: boolean): void;
}

/** The word, how often it stands where, and whether the panel follows the cursor. */
export function createHeader({ strings, send }: Panel): Header {
  const title = element('h1');
  const places = element('p', { class: 'quiet' });
  const follow = element('vscode-checkbox', {
    class: 'follow',
    onchange: () => send({ type: 'follow', on: follow.checked }),
  });
  follow.label = strings.header.follow;
  follow.toggle = true;
  return {
    element: element('header', { class: 'header' }, title, places, follow),
    update: ({ shown: { word, uses } }) => {
      replace(
        title,
        element('span', { class: 'lemma' }, word.lemma.replaceAll('_', ' ')),
        ' ',
        element('span', { class: 'part-of-speech' }, word.partOfSpeech),
      );
      places.textContent = usesText(word, uses.length, strings);
    },
    follows: (on) => {
      follow.checked = on;
    },
  };
}
