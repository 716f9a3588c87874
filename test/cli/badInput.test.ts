import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { places } from '../support/artifacts';
import { cli, type CliResult, finished, shell, startCli } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

/** Matches exactly one line that says what is wrong and what to do. */
function refused({ code, stdout, stderr }: CliResult, message: RegExp): void {
  assert.equal(code, 1, stderr);
  assert.match(stderr, message);
  assert.match(stderr, /^glossight: .+\.\n$/);
  assert.equal(stdout, '');
}

/** Whether a process has loaded onnxruntime, which `index build` does after it listens for Ctrl-C. */
function hasLoadedRuntime(pid: number): boolean {
  return readFileSync(`/proc/${pid}/maps`, 'utf8').includes('onnxruntime');
}

describe('bad input', () => {
  const inFolder = temporaryFolder();
  const write = (name: string, contents: string | Uint8Array): string => {
    writeFileSync(inFolder(name), contents);
    return inFolder(name);
  };
  const annotate = (...args: string[]): Promise<CliResult> => cli(['annotate', '--format', 'json', ...args]);
  const counts = async (file: string): Promise<[annotations: number, abstentions: number]> => {
    const { code, stdout, stderr } = await annotate(file);
    assert.equal(code, 0, stderr);
    const { annotations, abstentions } = JSON.parse(stdout) as {
      annotations: unknown[];
      abstentions: unknown[];
    };
    return [annotations.length, abstentions.length];
  };

  it('reads a 10 MB file', async () => {
    const code = `\`\`\`\n${'let bank = money;\n'.repeat(600_000)}\`\`\`\n`;
    const [annotations] = await counts(
      write('big.md', `The bank lends money.\n\n${code}\nThe bank closed.\n`),
    );
    assert.equal(annotations, 5);
  });

  it('reads one line of 1 MB', async () => {
    const file = write('line.txt', `The bank lends money ${'0123456789 '.repeat(95_000)}to the bank.`);
    const [annotations, abstentions] = await counts(file);
    assert.ok(annotations >= 4 && abstentions > 90_000);
  });

  it('finds nothing in an empty file, in code, in a language that is not English', async () => {
    assert.deepEqual(await counts(write('empty.md', '')), [0, 0]);
    assert.deepEqual(
      await counts(write('code.md', '```js\nconst bank = 1;\n```\n\n    indented bank\n')),
      [0, 0],
    );
    const cyrillic =
      'Все счастливые семьи похожи друг на друга.\n\nКаждая несчастливая семья несчастлива по-своему.\n';
    assert.deepEqual(await counts(write('cyrillic.md', cyrillic)), [0, 2]);
  });

  it('refuses what is no text', async () => {
    refused(
      await annotate(write('binary.md', Uint8Array.of(0x89, 0x50, 0, 0xff, 0xfe, 1))),
      /binary\.md is not a text file.*UTF-8/,
    );
    refused(await annotate(write('nul.md', 'a\0b')), /not a text file/);
    refused(await cli(['annotate', '-'], 'a\0b'), /Standard input is not a text file/);
  });

  it('reads UTF-16 with its mark', async () => {
    const bytes = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('The bank lends money.', 'utf16le')]);
    assert.deepEqual((await counts(write('wide.txt', bytes)))[0], 3);
  });

  it('refuses a file it cannot read', async () => {
    refused(await annotate(inFolder('missing.md')), /missing\.md cannot be read: there is no such file/);
    mkdirSync(inFolder('folder.md'));
    refused(await annotate(inFolder('folder.md')), /it is a folder/);
  });

  it('tells the files of several that it cannot read, and reads the others', async () => {
    const good = write('good.md', 'The bank lends money.\n');
    const last = write('last.md', 'The boat sails.\n');
    mkdirSync(inFolder('folder.md'), { recursive: true });
    const bad = [
      write('cp1252.txt', Buffer.from('The caf\xe9 \x93closed\x94.\n', 'latin1')),
      inFolder('missing.md'),
      inFolder('folder.md'),
    ];
    for (const command of ['annotate', 'check']) {
      const files = [bad[0]!, good, bad[1]!, bad[2]!, last];
      const { code, stdout, stderr } = await cli([command, '--format', 'json', ...files]);
      assert.equal(code, 1);
      const told = stderr.trimEnd().split('\n');
      assert.equal(told.length, bad.length, stderr);
      bad.forEach((file, i) => assert.ok(told[i]!.startsWith(`glossight: ${file} `), stderr));
      assert.match(stderr, /UTF-8.*\n.*no such file.*\n.*it is a folder/);
      const documents = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly file: string });
      assert.deepEqual(
        documents.map(({ file }) => file),
        [good, last],
      );
    }
  });

  it('refuses a file without permission', async function () {
    const file = write('secret.md', 'x');
    chmodSync(file, 0);
    if (process.getuid?.() === 0) {
      console.warn('      SKIPPED: root may read every file.');
      this.skip();
    }
    refused(await annotate(file), /permission is denied/);
  });

  it('refuses a damaged, cut or missing model by name', async () => {
    const folder = inFolder('encoder');
    const text = write('text.md', 'The bank.');
    mkdirSync(folder);
    refused(await annotate('--encoder', folder, text), /no usable encoder in .*encoder\.json is missing/);
    for (const name of ['encoder.json', 'encoder.onnx', 'vocab.txt'])
      copyFileSync(path.join(places.encoder, name), path.join(folder, name));
    const weights = path.join(folder, 'encoder.onnx');
    const bytes = readFileSync(weights);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(weights, bytes);
    refused(await annotate('--encoder', folder, text), /encoder\.onnx is damaged/);
    truncateSync(weights, 1000);
    refused(await annotate('--encoder', folder, text), /encoder\.onnx is cut short/);
    writeFileSync(path.join(folder, 'encoder.json'), '{');
    refused(await annotate('--encoder', folder, text), /encoder\.json is damaged/);
  });

  it('refuses a damaged, cut, missing or foreign sense index by name', async () => {
    const text = write('text.md', 'The bank.');
    const file = inFolder('index.bin');
    refused(await annotate('--index', file, text), /index\.bin cannot be read/);
    refused(
      await annotate('--layer', 'last', text),
      /The encoder .* cannot follow the layer rule last\. It has mean4/,
    );
    refused(await annotate('--index', places.wordnet, text), /holds a WordNet inventory/);
    copyFileSync(places.index('default'), file);
    truncateSync(file, statSync(file).size - 1);
    refused(
      await annotate('--index', file, text),
      /sense index cannot be used: the file is cut short.*Reinstall/,
    );
    refused(await cli(['index', 'verify', file]), /cut short/);
  });

  it('says when the disk is full', async function () {
    if (!existsSync('/dev/full')) {
      console.warn('      SKIPPED: this system has no /dev/full.');
      this.skip();
    }
    const { code, stderr } = await shell(`$CLI annotate ${write('text.md', 'The bank.')} > /dev/full`);
    assert.equal(code, 1);
    assert.match(stderr, /Standard output cannot be written: the disk is full\. Free some space/);
  });

  it('leaves nothing half-written where a file may not grow', async function () {
    if (process.platform === 'win32') {
      console.warn('      SKIPPED: no file size limits on this system.');
      this.skip();
    }
    const out = inFolder('limited.npy');
    const long = write('long.txt', 'The bank lends money. '.repeat(200));
    const { code, stderr } = await shell(`ulimit -f 200; $CLI embed --format npy --out ${out} ${long}`);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /cannot be written/);
    assert.deepEqual(
      readdirSync(inFolder()).filter((name) => name.startsWith('limited')),
      [],
    );
  });

  it('ends quietly when nobody reads on', async () => {
    const { stdout, stderr } = await shell('$CLI annotate examples/manuscript.md | head -n 1');
    assert.equal(stdout.trim().split('\n').length, 1);
    assert.equal(stderr, '');
  });

  it('keeps its progress when an index build is interrupted', async function () {
    if (process.platform !== 'linux') {
      console.warn('      SKIPPED: only Linux tells what a process has loaded.');
      this.skip();
    }
    const token = { text: 'bank', lemma: 'bank', pos: 'NOUN', keys: ['bank%1:14:00::'] };
    const corpus = write('corpus.jsonl', `${JSON.stringify({ id: 's', doc: 'd', tokens: [token] })}\n`);
    const out = inFolder('interrupted.bin');
    const child = startCli(['index', 'build', '--corpus', corpus, '--out', out]);
    const result = finished(child);
    // Encoding all glosses would take minutes.
    while (!hasLoadedRuntime(child.pid!)) await delay(20);
    child.kill('SIGINT');
    const { code } = await result;
    assert.equal(code, 130);
    assert.ok(existsSync(`${out}.partial`) && !existsSync(out));
  });

  it('says what is wrong with the arguments', async () => {
    for (const args of [
      ['annotate'],
      ['fly'],
      ['annotate', '--layer', 'first', 'x'],
      ['eval', '--data', 'x', '--gloss', 'maybe'],
    ]) {
      const { code, stderr } = await cli(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /error: /);
    }
    refused(await cli(['embed', '--format', 'npy', write('text.md', 'x')]), /Name it with --out/);
  });
});
