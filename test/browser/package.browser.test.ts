import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import JSZip from 'jszip';
import { editorForSuite, root } from './support/editor';

/** Every file that may be in the package, by what it is there for. */
const KINDS = {
  manifest:
    /^extension\/package(\.nls(\.[\w-]+)?)?\.json$|^extension\.vsixmanifest$|^\[Content_Types\]\.xml$/,
  translation: /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  document: /^extension\/(readme|changelog|NOTICE)\.md$/,
  licence:
    /^extension\/(LICENSE\.txt|dist\/licences\.txt|model\/\w+\/LICENSE\.txt|vendor\/onnxruntime\/\w+\.txt)$/,
  picture: /^extension\/media\/\w+\.png$/,
  bundle: /^extension\/dist\/[\w-]+\.js$/,
  table: /^extension\/media\/anisotropy\.json$/,
  style: /^extension\/(media\/instances|dist\/codicon)\.css$/,
  font: /^extension\/dist\/codicon\.ttf$/,
  encoder: /^extension\/model\/encoder\/(encoder\.json|encoder\.onnx|vocab\.txt)$/,
  data: /^extension\/model\/(manifest\.json|semcor\/semcor\.jsonl\.gz|senses\/(default|textbook)\.bin|wordnet\/wordnet\.bin)$/,
  onnxruntime: /^extension\/node_modules\/onnxruntime-(node|common)\/(dist\/.*\.js|.*package\.json)$/,
  native: /^extension\/node_modules\/onnxruntime-node\/bin\/napi-v6\/linux\/x64\/[^/]+$/,
};

describe('the package', () => {
  let folder: string;
  let vsix: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glossight-package-'));
    vsix = path.join(folder, 'glossight.vsix');
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts', 'release', 'package.mjs'), vsix]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  describe('as a file', () => {
    let archive: JSZip;
    let names: string[];
    const text = async (name: string): Promise<string> => archive.file(name)!.async('string');
    const of = (kind: keyof typeof KINDS): string[] => names.filter((name) => KINDS[kind].test(name));

    before(async () => {
      archive = await JSZip.loadAsync(await readFile(vsix));
      names = Object.keys(archive.files).filter((name) => !name.endsWith('/'));
    });

    it('has at most 90 MB', async () => {
      assert.ok((await stat(vsix)).size <= 90_000_000);
    });

    it('holds nothing but what a reader needs', () => {
      const kinds = Object.values(KINDS);
      assert.deepEqual(
        names.filter((name) => !kinds.some((kind) => kind.test(name))),
        [],
      );
      assert.deepEqual(
        of('bundle').filter((name) => name.endsWith('/cli.js')),
        [],
      );
    });

    it('holds the encoder, its data and the native library of its platform', () => {
      assert.equal(of('encoder').length, 3);
      assert.equal(of('data').length, 5);
      assert.deepEqual(
        of('native')
          .map((name) => path.basename(name))
          .sort(),
        ['libonnxruntime.so.1', 'onnxruntime_binding.node'],
      );
    });

    it('holds the page of similar instances with its style and icons', () => {
      assert.ok(of('bundle').includes('extension/dist/instances.js'));
      assert.equal(of('style').length, 2);
      assert.equal(of('font').length, 1);
    });

    it('is for Linux x64 alone', async () => {
      assert.match(await text('extension.vsixmanifest'), /TargetPlatform="linux-x64"/);
    });

    it('brings the licences of everything inside', async () => {
      for (const name of ['encoder', 'semcor', 'senses', 'wordnet'])
        assert.ok(names.includes(`extension/model/${name}/LICENSE.txt`), `no licence of ${name}`);
      assert.match(await text('extension/vendor/onnxruntime/LICENSE.txt'), /Microsoft/);
      assert.ok(names.includes('extension/vendor/onnxruntime/ThirdPartyNotices.txt'));
      const bundled = await text('extension/dist/licences.txt');
      for (const name of [
        'wink-nlp',
        '@lezer/markdown',
        '@huggingface/tokenizers',
        'eld',
        '@vscode-elements/elements',
        '@vscode/codicons',
        'd3-zoom',
      ])
        assert.match(bundled, new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    });

    it('translates every string of the manifest', async () => {
      const manifest = await text('extension/package.json');
      const strings = JSON.parse(await text('extension/package.nls.json')) as Record<string, string>;
      for (const [, key] of manifest.matchAll(/"%([^%"]+)%"/g))
        assert.ok(strings[key!], `no text for ${key!}`);
    });

    it('speaks German too', () => {
      assert.ok(names.includes('extension/package.nls.de.json'));
      assert.ok(names.includes('extension/l10n/bundle.l10n.de.json'));
    });

    it('has every picture its read-me shows', async () => {
      const readme = await text('extension/readme.md');
      for (const [, picture] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
        assert.ok(names.includes(`extension/${picture!}`), `${picture!} is missing`);
    });
  });

  describe('installed into a clean editor', () => {
    const editor = editorForSuite(() => ({ vsix }));

    it('reads a document and answers a hover', async () => {
      await editor().whenUnderlined((words) => words.includes('bass'));
      await editor().hoverWord('guitar', /electric guitar · noun[^]*sound is amplified/);
    });
  });
});
