import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { cli, type CliResult } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

const MONEY = ['1\tThe bank lent us the money .', '3\tShe paid the bank its interest .'];
const RIVER = ['1\tThe bank of the river was steep .', '4\tThey fished from the bank of the stream .'];

/** A line of data from two uses, each a place and a sentence. */
function line(a: string, b: string): string {
  const [[i, first], [j, second]] = [a.split('\t'), b.split('\t')];
  return ['bank', 'N', `${i}-${j}`, first, second].join('\t');
}

const SAME = [line(MONEY[0]!, MONEY[1]!), line(RIVER[0]!, RIVER[1]!)];
const DIFFERENT = [line(MONEY[0]!, RIVER[1]!), line(RIVER[0]!, MONEY[1]!)];
const data = [...SAME, ...DIFFERENT].join('\n');
const gold = 'T\nT\nF\nF\n';

describe('glossight eval --task wic', () => {
  const inFolder = temporaryFolder();
  const write = (name: string, text: string | Uint8Array): string => {
    writeFileSync(inFolder(name), text);
    return inFolder(name);
  };
  const evaluate = (...args: readonly string[]): Promise<CliResult> =>
    cli(['eval', '--task', 'wic', ...args]);
  const refused = ({ code, stdout, stderr }: CliResult, message: RegExp): void => {
    assert.equal(code, 1, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  };

  it('says how often each method is right, fitted on the training files beside the data', async function () {
    this.timeout(30_000);
    write('train.data.txt.gz', gzipSync(`${data}\n`));
    write('train.gold.txt', gold);
    const args = ['--data', write('dev.data.txt', data), '--gold', write('dev.gold.txt', gold)];
    const { code, stdout, stderr } = await evaluate(...args, '--json');
    assert.equal(code, 0, stderr);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(result['pairs'], 4);
    assert.equal(result['trainingPairs'], 4);
    assert.deepEqual(result['methods'], { threshold: 100, senses: 100, combination: 100 });
    assert.equal(result['accuracy'], 100);
    assert.equal(result['crossValidated'], null);
    assert.match((await evaluate(...args)).stdout, /^combination +100\.0$/m);
  });

  it('names the line that is malformed, in data and gold', async () => {
    write('train.data.txt', data);
    write('train.gold.txt', gold);
    const good = [write('dev.data.txt', data), write('dev.gold.txt', gold)] as const;
    const run = (file: string, answers: string): Promise<CliResult> =>
      evaluate('--data', file, '--gold', answers);
    const bad = write('bad.data.txt', `${SAME[0]!}\nbank\tN\t1-9\tThe bank\tA bank`);
    refused(await run(bad, good[1]), /bad\.data\.txt, line 2: there is no word at place 9\. Each line is/);
    refused(await run(good[0], write('bad.gold.txt', 'T\nF\nmaybe\nF\n')), /line 3 is neither T nor F/);
    refused(await run(good[0], write('short.gold.txt', 'T\nF\n')), /has 2 lines, .* has 4\./);
    refused(await run(write('bad.data.txt.gz', 'no gzip'), good[1]), /is a damaged gzip file/);
    refused(await run(inFolder('none.txt'), good[1]), /cannot be read: there is no such file/);
  });

  it('says what is not named, and which options go with another task', async () => {
    mkdirSync(inFolder('alone'), { recursive: true });
    const file = write('alone/dev.data.txt', data);
    const answers = write('alone/dev.gold.txt', gold);
    refused(await evaluate('--data', file), /Name its gold file with --gold/);
    refused(await evaluate('--data', file, file, '--gold', answers), /reads one data file/);
    refused(await evaluate('--data', file, '--gold', answers), /nothing to fit the threshold on.*--train/);
    refused(await evaluate('--data', file, '--gold', answers, '--train', file), /go together/);
    refused(await evaluate('--data', file, '--raw'), /--raw does not go with --task wic/);
    const { stderr } = await cli(['eval', '--data', file, '--train-gold', answers]);
    assert.match(stderr, /--train-gold does not go with --task senses\. Leave it out, or say --task wic/);
  });
});
