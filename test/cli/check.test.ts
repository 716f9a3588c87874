import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cli } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

const MONEY = [
  'The bank lends money to farmers, and a bank charges interest on every loan.',
  'She opened an account at the bank, and the bank sent her a card.',
].join(' ');
const RIVER = 'They walked along the steep bank of the river, where the grass was wet.';

interface Output {
  readonly file: string;
  readonly warnings: readonly {
    readonly code: string;
    readonly message: string;
    readonly start: number;
    readonly end: number;
    readonly line: number;
    readonly sense: string;
    readonly elsewhere: string;
    readonly uses: { readonly elsewhere: number; readonly all: number };
    readonly cited: readonly { readonly start: number; readonly end: number; readonly line: number }[];
  }[];
}

describe('glossight check', () => {
  const inFolder = temporaryFolder();

  it('names the place, both senses and the code, and ends with 1', async () => {
    const file = inFolder('two.md');
    writeFileSync(file, `# Banks\n\n${MONEY}\n\n${RIVER}\n`);
    const { code, stdout, stderr } = await cli(['check', file]);
    assert.equal(stderr, '');
    assert.equal(code, 1);
    // The heading is a use too.
    assert.match(
      stdout,
      /^.*two\.md:5:29: bank: “sloping land” here; elsewhere “a financial institution[^”]*” \(5 of 6 uses\) \[two-senses\]\n$/,
    );
  });

  it('ends with 0 and says nothing where there is nothing, or the word is ignored', async () => {
    const [one, two] = [inFolder('one.txt'), inFolder('both.txt')];
    writeFileSync(one, MONEY);
    writeFileSync(two, `${MONEY}\n\n${RIVER}`);
    const quiet = { code: 0, stdout: '', stderr: '' };
    assert.deepEqual(await cli(['check', one]), quiet);
    assert.deepEqual(await cli(['check', two, '--ignore', 'Bank']), quiet);
  });

  it('finds nothing in a use whose sense the readers of a project chose', async () => {
    const file = inFolder('story.txt');
    const text = `${MONEY}\n\n${RIVER}`;
    writeFileSync(file, text);
    const offset = text.indexOf('bank of the river');
    const correction = {
      id: 'a1',
      document: 'story.txt',
      sense: 'bank%1:17:01::',
      word: 'bank',
      before: text.slice(offset - 40, offset),
      after: text.slice(offset + 4, offset + 44),
      offset,
      passage: RIVER,
      at: RIVER.indexOf('bank'),
    };
    const lines = [{ glossight: 'corrections', version: 1 }, correction].map((line) => JSON.stringify(line));
    mkdirSync(inFolder('.glossight'));
    writeFileSync(inFolder('.glossight/corrections.jsonl'), `${lines.join('\n')}\nno JSON\n`);
    assert.equal((await cli(['check', file])).code, 1);
    const { code, stdout, stderr } = await cli(['check', '--project', inFolder('.'), file]);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /corrections\.jsonl, line 3: left out/);
  });

  it('gives JSON, a line for each file, with offsets an editor counts', async () => {
    const [one, two] = [inFolder('none.txt'), inFolder('some.txt')];
    const text = `“Ünï” 😀 ${MONEY}\r\n\r\n${RIVER}`;
    writeFileSync(one, '');
    writeFileSync(two, text);
    const { code, stdout } = await cli(['check', '--format', 'json', one, two]);
    assert.equal(code, 1);
    const [empty, found] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Output);
    assert.deepEqual(empty, { file: one, warnings: [] });
    const [warning] = found!.warnings;
    assert.equal(warning!.code, 'two-senses');
    assert.equal(text.slice(warning!.start, warning!.end), 'bank');
    assert.deepEqual([warning!.sense, warning!.elsewhere], ['bank%1:17:01::', 'bank%1:14:00::']);
    assert.deepEqual(warning!.uses, { elsewhere: 4, all: 5 });
    assert.equal(warning!.line, 3);
    for (const { start, end, line } of warning!.cited)
      assert.deepEqual([text.slice(start, end), line], ['bank', 1]);
    assert.ok(warning!.cited.length > 0);
  });

  it('compares within sections when told to, and reads standard input', async () => {
    const text = `# Money\n\n${MONEY}\n\n# River\n\n${RIVER}\n`;
    const args = ['check', '--as', 'markdown', '-'];
    assert.equal((await cli(args, text)).code, 1);
    assert.equal((await cli([...args, '--scope', 'section'], text)).code, 0);
  });

  it('refuses what it does not know, and names a file that is not there', async () => {
    assert.equal((await cli(['check', 'x.txt', '--profile', 'poetry'])).code, 2);
    const { code, stderr } = await cli(['check', inFolder('gone.txt')]);
    assert.equal(code, 1);
    assert.match(stderr, /gone\.txt cannot be read: there is no such file\./);
  });
});

describe('glossight eval --task discourse', () => {
  const inFolder = temporaryFolder();

  it('scores the warnings of a tagged document', async () => {
    const sentence = (id: number, text: string, key: string): string =>
      JSON.stringify({
        id: `d.s${id}`,
        doc: 'd',
        tokens: text
          .split(' ')
          .map((word) =>
            word === 'bank' ? { text: word, lemma: 'bank', pos: 'NOUN', keys: [key] } : { text: word },
          ),
      });
    const [money, slope] = ['bank%1:14:00::', 'bank%1:17:01::'];
    const data = inFolder('banks.jsonl');
    writeFileSync(
      data,
      [
        sentence(1, 'The bank lends money to farmers and charges interest on every loan .', money),
        sentence(2, 'She opened an account at the bank which sent her a card .', money),
        sentence(3, 'They walked along the steep bank of the river where the grass was wet .', slope),
      ].join('\n'),
    );
    for (const more of [[], ['--raw']]) {
      const { code, stdout } = await cli(['eval', '--task', 'discourse', '--data', data, '--json', ...more]);
      assert.equal(code, 0);
      const scores = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual(
        [scores['precision'], scores['recall'], scores['warnings'], scores['groups']],
        [100, 100, 1, 1],
      );
    }
    assert.match((await cli(['eval', '--task', 'discourse', '--data', data])).stdout, /^precision {2}100$/m);
  });
});
