import assert from 'node:assert/strict';
import type { Annotation } from '../../src/core/annotations/annotation';
import { createAnnotationStore } from '../../src/core/annotations/store';
import type { Abstention } from '../../src/core/languagePack';
import type { NumberedSense } from '../../src/core/project/projectInventory';
import { silentLogger } from '../../src/core/util/logger';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';
import { projectSense } from '../support/projectSense';
import { until } from '../support/wait';

describe('terms of a project, read with the shipped model', () => {
  let engine: Engine;
  before(async () => (engine = await openEngine(readerSettings, silentLogger)));
  after(() => engine.dispose());

  async function read(
    text: string,
    words: readonly (string | Partial<NumberedSense>)[],
  ): Promise<{ annotations: readonly Annotation[]; abstentions: readonly Abstention[] }> {
    const senses = words.map((one, i) =>
      typeof one === 'string' ? projectSense(i, one) : projectSense(i, one.word ?? '', one),
    );
    await engine.teach({ senses, lessons: [] });
    const annotations: Annotation[] = [];
    const abstentions: Abstention[] = [];
    await engine.read({ text, format: 'markdown' }, ({ readings }) => {
      annotations.push(...readings.flatMap((reading) => reading.annotations));
      abstentions.push(...readings.flatMap((reading) => reading.abstentions));
    });
    return { annotations, abstentions };
  }

  /** The texts of the annotations that have a sense of the project among their candidates. */
  async function ownIn(text: string, ...words: (string | Partial<NumberedSense>)[]): Promise<string[]> {
    const { annotations } = await read(text, words);
    const first = wordnet().senseCount;
    return annotations
      .filter(({ sense, candidates }) => sense >= first || candidates.some((one) => one.sense >= first))
      .map((one) => one.text);
  }

  for (const [word, text, form = word] of [
    ['Node.js', 'We run it on Node.js today.'],
    ['Node.js', 'Servers of **Node.js** are quick, says Ann.'],
    ['Node.js', 'We like node.js a lot.', 'node.js'],
    ['C++', 'The engine is written in C++ now.'],
    ['C++', 'We left C++, and never went back (to C++).'],
    ['3D', 'A 3D model of the hull.'],
    ['2FA', 'Turn on 2FA before you leave.'],
    ['Grace', 'Grace opened the letter.'],
    ['Grace', 'At noon the letter reached Grace.'],
    ['Will', 'Will opened the letter.'],
    ['Will', 'They met Will at the harbour.'],
    ['IT', 'Ask the IT department.'],
    ['I/O', 'The I/O layer blocks.'],
    ['I/O request', 'Two I/O requests were dropped.', 'I/O requests'],
    ['ansible', 'All hail the Ansible of the fleet.', 'Ansible'],
    ['The Expanse', 'We watched The Expanse again.'],
    ['Yahoo!', 'They sold Yahoo! to another firm.'],
    ['.NET', 'It was ported to .NET last year.'],
    ['R&D', 'The R&D budget grew.'],
    ['Dungeons & Dragons', 'On Fridays we play Dungeons & Dragons here.'],
    ['x86_64', 'It is built for x86_64 and nothing else.'],
    ['Café Nord', 'We met at Café Nord at five.'],
    ['O’Brien', "It was O'Brien who told us.", "O'Brien"],
    ['node', 'The Node.js server asks a node for it.'],
  ] as const) {
    it(`finds ${word} in “${text}”`, async () => {
      const found = await ownIn(text, word);
      assert.ok(found.includes(form), found.join());
      assert.ok(
        found.every((one) => one === form),
        found.join(),
      );
    });
  }

  for (const [word, text] of [
    ['Grace', 'By the grace of God they lived.'],
    ['Will', 'He will come, and will you wait?'],
    ['Will', 'Will you come?'],
    ['IT', 'It rains, and it is cold.'],
    ['art', 'They start a party.'],
    ['C++', 'Run `C++ --version` first.'],
    ['The Expanse', 'They saw the expanse of the sea.'],
  ] as const) {
    it(`does not find ${word} in “${text}”`, async () => {
      assert.deepEqual(await ownIn(text, word), []);
    });
  }

  it('leaves everything around a term as it is read without it', async () => {
    const text = 'The bank of Node.js servers lends money to Grace Morgan, who will not walk on.';
    const without = await read(text, []);
    const { annotations, abstentions } = await read(text, ['Node.js']);
    const inTerm = ({ start }: { start: number }): boolean => start >= 12 && start < 19;
    assert.deepEqual(
      annotations.filter((one) => !inTerm(one)).map((one) => [one.start, one.end, one.sense]),
      without.annotations.filter((one) => !inTerm(one)).map((one) => [one.start, one.end, one.sense]),
    );
    assert.deepEqual(
      abstentions.map(({ text: form, reason }) => [form, reason]),
      without.abstentions.filter((one) => !inTerm(one)).map(({ text: form, reason }) => [form, reason]),
    );
  });

  it('lets the words of a term of several words be read beside it, and the longest term win', async () => {
    const { annotations } = await read('The C++ compiler failed.', ['C++', 'C++ compiler']);
    const unit = annotations.find(({ text }) => text === 'C++ compiler');
    assert.deepEqual(
      unit?.parts?.map(({ text }) => text),
      ['C++', 'compiler'],
    );
  });

  it('tells a term from WordNet’s namesakes by its examples', async () => {
    const { annotations } = await read('Grace opened the letter and laughed.', [
      { word: 'Grace', examples: ['Grace put the letter on the table and went to the window.'] },
    ]);
    const grace = annotations.find(({ text }) => text === 'Grace');
    assert.ok(grace && grace.sense >= wordnet().senseCount);
  });

  it('reads the paragraphs of an open document anew that hold a term, though a tagger cuts it', async () => {
    await engine.teach({ senses: [], lessons: [] });
    const text = 'We left C++ for good.\n\nA boat sailed by.';
    const store = createAnnotationStore();
    store.open('a', 1);
    let isDone = false;
    const document = engine.open(
      { version: 1, text, format: 'markdown' },
      {
        onReadings(some) {
          store.add('a', some.version, some.readings);
          isDone = some.done === some.total;
        },
        onFailed: (error) => assert.fail(error),
      },
    );
    await until(() => isDone);
    const isTerm = (): boolean =>
      (store.get('a')?.at(text.indexOf('C++'))?.sense ?? 0) >= wordnet().senseCount;
    assert.equal(isTerm(), false);
    await engine.teach({ senses: [projectSense(0, 'C++', { wordnet: 'hidden' })], lessons: [] });
    await until(isTerm);
    await engine.teach({ senses: [], lessons: [] });
    await until(() => !isTerm());
    document.close();
  });
});
