import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { places } from '../support/artifacts';
import { cli, type CliResult, finished, root, shell, startCli } from '../support/cli';
import { temporaryFolder } from '../support/temporary';
import { until } from '../support/wait';

const LONG = `${'The tide ran out past the old stone pier and nobody saw it go. '.repeat(25)}\n\n`.repeat(60);

function corpusOf(documents: number): string {
  const words = 'The bank of the river was steep'.split(' ');
  const tokens = words.map((text) => ({
    text,
    lemma: text,
    pos: text === 'bank' ? 'NOUN' : 'X',
    ...(text === 'bank' ? { keys: ['bank%1:17:01::'] } : {}),
  }));
  return Array.from(
    { length: documents },
    (_, i) => `${JSON.stringify({ id: `s${i}`, doc: `d${i}`, tokens })}\n`,
  ).join('');
}

/** Number of sentences that a checkpoint includes. Its header is JSON after a magic word and a length. */
function sentencesIn(checkpoint: string): number {
  const bytes = readFileSync(checkpoint);
  const header = bytes.subarray(14, 14 + bytes.readUInt32LE(10)).toString('latin1');
  return (JSON.parse(header) as { manifest: { sentences: number } }).manifest.sentences;
}

describe('interruption', () => {
  const inFolder = temporaryFolder();
  before(function () {
    if (process.platform !== 'win32') return;
    console.warn('      SKIPPED: no signals between processes on this system.');
    this.skip();
  });

  it('ends quietly when Ctrl-C reaches the encoder process too, as in a terminal', async () => {
    writeFileSync(inFolder('long.txt'), LONG);
    const args = [path.join(root, 'dist', 'cli.js'), 'annotate', '--format', 'json', inFolder('long.txt')];
    const child = spawn(process.execPath, args, { detached: true });
    let begun = false;
    child.stdout.on('data', () => (begun = true));
    const result = finished(child);
    await until(() => begun);
    process.kill(-child.pid!, 'SIGINT');
    const { code, stderr } = await result;
    assert.equal(stderr, '');
    assert.equal(code, 130);
  });

  it('lets an index build go on where Ctrl-C stopped it', async () => {
    const corpus = inFolder('corpus.jsonl');
    const out = inFolder('index.bin');
    const partial = `${out}.partial`;
    writeFileSync(corpus, corpusOf(20_000));
    const inode = (): number => (existsSync(partial) ? statSync(partial).ino : 0);
    const buildAndInterrupt = async (): Promise<number> => {
      const before = inode();
      const child = startCli(['index', 'build', '--corpus', corpus, '--out', out]);
      const result = finished(child);
      // A build writes its checkpoint as it begins.
      await until(() => inode() !== before);
      child.kill('SIGINT');
      const { code, stderr } = await result;
      assert.equal(code, 130, stderr);
      assert.ok(!existsSync(out));
      return sentencesIn(partial);
    };
    const first = await buildAndInterrupt();
    const second = await buildAndInterrupt();
    assert.ok(first > 0 && second > first && second < 20_000, `${first}, then ${second}`);
  });

  it('leaves no part of an embedding behind', async () => {
    writeFileSync(inFolder('long.txt'), LONG);
    const out = inFolder('long.npy');
    const child = startCli(['embed', '--format', 'npy', '--out', out, inFolder('long.txt')]);
    const result = finished(child);
    const parts = (): readonly string[] =>
      readdirSync(inFolder()).filter((name) => name.startsWith('long.npy.') && name.endsWith('.tmp'));
    await until(() => parts().some((name) => statSync(inFolder(name)).size > 10_000));
    child.kill('SIGINT');
    assert.equal((await result).code, 130);
    assert.deepEqual(
      readdirSync(inFolder()).filter((name) => name.startsWith('long.') && name !== 'long.txt'),
      [],
    );
  });

  it('stops reading once nobody takes the output', async () => {
    writeFileSync(inFolder('endless.txt'), LONG.repeat(50));
    // Reading this to its end would take minutes.
    const { stdout, stderr } = await shell(`$CLI annotate ${inFolder('endless.txt')} | head -n 1`);
    assert.match(stdout, /^1:\d+ .*\n$/);
    assert.equal(stderr, '');
  });
});

describe('places that cannot be written', () => {
  const inFolder = temporaryFolder();
  before(() => {
    writeFileSync(inFolder('text.md'), 'The bank lends money.\n');
    writeFileSync(inFolder('corpus.jsonl'), corpusOf(3));
    mkdirSync(inFolder('folder'));
  });
  const embed = (out: string): Promise<CliResult> =>
    cli(['embed', '--format', 'npy', '--out', out, inFolder('text.md')]);
  const refused = ({ code, stderr }: CliResult, message: RegExp): void => {
    assert.equal(code, 1, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /^glossight: .+\.\n$/);
    assert.deepEqual(
      readdirSync(inFolder()).filter((name) => /\.(?:partial|tmp)$/.test(name)),
      [],
    );
  };

  it('are named by `embed`', async () => {
    refused(
      await embed(inFolder('missing', 'a.npy')),
      /a\.npy cannot be written: its folder does not exist\./,
    );
    refused(await embed(inFolder('text.md', 'a.npy')), /part of its path is not a folder\./);
    refused(await embed(inFolder('folder')), /folder cannot be written: it is a folder\./);
  });

  it('are named by `index build` before the long work', async () => {
    const build = ['index', 'build', '--corpus', inFolder('corpus.jsonl'), '--out'];
    // All glosses of WordNet would take minutes.
    refused(await cli([...build, inFolder('text.md', 'a.bin')]), /part of its path is not a folder\./);
    const limited = await shell(
      `ulimit -f 1; $CLI index build --corpus ${inFolder('corpus.jsonl')} --out ${inFolder('a.bin')}`,
    );
    refused(limited, /the file would be larger than this system allows\. Raise the limit/);
    assert.ok(!existsSync(inFolder('a.bin')));
  });

  it('are no trouble with many rows: nothing is printed but what was asked for', async () => {
    writeFileSync(inFolder('many.txt'), LONG.slice(0, 6000));
    const out = inFolder('many.npy');
    const { code, stdout, stderr } = await cli([
      'embed',
      '--format',
      'npy',
      '--out',
      out,
      inFolder('many.txt'),
    ]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' });
  });
});

describe('damaged files, from the command line', () => {
  const inFolder = temporaryFolder();
  const refused = ({ code, stdout, stderr }: CliResult, message: RegExp): void => {
    assert.equal(code, 1, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /^glossight: .+\.\n$/);
    assert.equal(stdout, '');
  };

  it('a sense index with one wrong bit', async () => {
    const file = inFolder('index.bin');
    copyFileSync(places.index('default'), file);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    refused(await cli(['index', 'verify', file]), /damaged \(its checksum differs\)\. Reinstall/);
    writeFileSync(file, '');
    refused(await cli(['index', 'info', file]), /the file is empty/);
  });

  it('a corpus line, a gzip file, a missing corpus', async () => {
    const build = (corpus: string): Promise<CliResult> =>
      cli(['index', 'build', '--corpus', corpus, '--out', inFolder('out.bin')]);
    writeFileSync(inFolder('bad.jsonl'), `${corpusOf(1)}{"id":"s","doc":"d"}\n`);
    refused(await build(inFolder('bad.jsonl')), /bad\.jsonl, line 2: "tokens" is missing\. Each line is/);
    writeFileSync(inFolder('bad.jsonl.gz'), 'no gzip');
    refused(await build(inFolder('bad.jsonl.gz')), /is a damaged gzip file\. Fetch it again\./);
    refused(await build(inFolder('none.jsonl')), /none\.jsonl cannot be read: there is no such file\./);
    refused(await cli(['eval', '--data', inFolder('none.jsonl')]), /cannot be read: there is no such file\./);
    assert.ok(!readdirSync(inFolder()).some((name) => name.startsWith('out.bin')));
  });
});
