import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CancelledError } from '../../src/core/ports';
import {
  downloadEncoder,
  type DownloadPlan,
  isEncoderPath,
  parseHubName,
  planDownload,
} from '../../src/node/hub/hubDownload';
import { loadEncoder } from '../../src/node/encoder/loadEncoder';
import { cli } from '../support/cli';
import { COMMIT, type HubServer, type Sibling, startHub } from '../support/hubServer';
import { temporaryFolder } from '../support/temporary';
import { writeTinyEncoder } from '../support/tinyEncoder';
import { casedWordPiece } from '../support/tinyTokenizers';

describe('download of an encoder', () => {
  const file = temporaryFolder();
  let hub: HubServer;
  const plan = (): Promise<DownloadPlan> => planDownload(hub.address, parseHubName('tiny/encoder')!);
  const names = (folder: string): string[] => readdirSync(folder).sort();

  before(async () => {
    writeTinyEncoder(file('source'), { tokenizer: casedWordPiece, vocabularySize: 13 });
    writeFileSync(file('source', 'README.md'), 'not fetched');
    hub = await startHub(file('source'));
  });
  beforeEach(() => (hub.options = {}));
  after(() => hub.stop());

  it('takes owner/name and a revision for a name, and no path', () => {
    assert.deepEqual(parseHubName(' a/b '), { name: 'a/b', revision: 'main' });
    assert.deepEqual(parseHubName('a/b.c@refs/pr/1'), { name: 'a/b.c', revision: 'refs/pr/1' });
    for (const text of ['', 'a', '/a/b', './a/b', 'a/../b', 'a/..', 'a/b/c', 'C:\\a/b', 'a/b@', 'a/b@../c'])
      assert.equal(parseHubName(text), undefined, text);
  });

  it('tells size, licence and weights before anything is fetched', async () => {
    const before = hub.requests.length;
    const { bytes, files, licence, weights, commit } = await plan();
    assert.deepEqual([licence, weights, commit], ['mit', 'onnx/model.onnx', COMMIT]);
    assert.deepEqual(
      files.map((each) => each.path),
      ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'],
    );
    const sizes = files.map((each) => readFileSync(file('source', each.path)).length);
    assert.equal(
      bytes,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    assert.equal(hub.requests.length, before + 1);
  });

  it('fetches a folder that loads, under the name of the hub, and replaces it when asked again', async () => {
    const seen: number[] = [];
    const planned = await plan();
    await downloadEncoder(planned, file('whole'), (bytes) => seen.push(bytes));
    assert.equal(seen.at(-1), planned.bytes);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    const { encoder, licence, trainingData } = await loadEncoder(file('whole'));
    await encoder.dispose();
    assert.deepEqual([encoder.info.name, licence, trainingData], ['tiny/encoder', 'mit', ['books']]);
    writeFileSync(file('whole', 'config.json'), 'damaged');
    mkdirSync(file('whole.4194304.part'));
    await downloadEncoder(planned, file('whole'));
    assert.deepEqual(readFileSync(file('whole', 'config.json')), readFileSync(file('source', 'config.json')));
    assert.ok(!names(file()).some((name) => name.endsWith('.part')));
  });

  it('leaves a folder alone that is no download', async () => {
    mkdirSync(file('mine'));
    writeFileSync(file('mine', 'novel.txt'), 'Call me Ishmael.');
    await assert.rejects(downloadEncoder(await plan(), file('mine')), /holds other files/);
    assert.deepEqual(names(file('mine')), ['novel.txt']);
  });

  it('takes paths in the folder of the model, or in onnx in it, and no other', () => {
    for (const name of ['config.json', 'a', '_a-b.c', 'onnx/model.onnx', 'onnx/model.onnx_data.1'])
      assert.equal(isEncoderPath(name), true, name);
    const refused = [
      '',
      '.',
      '..',
      '../a',
      '..\\a',
      '/a',
      '//host/a',
      '\\\\host\\a',
      'C:\\a',
      'c:a',
      'a/b',
      'a/../b',
      'a\\b',
      'a\\..\\..\\b',
      'a/',
      'a:stream',
      'a\0b',
      'a\n',
      'a\n../b',
      '../b\na',
      ' a',
      'a b',
      'a ',
      '~',
      '-a',
      '.a',
      '%2e%2e/a',
      'a%2f..%2fb',
      'onnx/',
      'onnx/.',
      'onnx/..',
      'onnx/../a',
      'onnx/a/b',
      'onnx//a',
      'onnx\\a',
      'onnx/onnx/a',
      './onnx/a',
      '/onnx/a',
      'x/onnx/a',
      'Onnx/a',
      'onnx/model.onnx_data/../../../a',
      'é',
    ];
    for (const name of refused) assert.equal(isEncoderPath(name), false, JSON.stringify(name));
  });

  it('fetches nothing to a path that leads elsewhere, though the hub lists it', async () => {
    const before = names(file());
    const leading = ['onnx/model.onnx_data/../../../../led', 'onnx/model.onnx_data\\..\\..\\..\\led'];
    hub.options = {
      list: (siblings) => [...siblings, ...leading.map((rfilename) => ({ ...siblings[0]!, rfilename }))],
    };
    const planned = await plan();
    assert.deepEqual(
      planned.files.map((each) => each.path),
      ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'],
    );
    await downloadEncoder(planned, file('led-nowhere'));
    assert.deepEqual(names(file()), [...before, 'led-nowhere'].sort());
    // The same with an honest name is fetched.
    hub.options = {
      list: (siblings) => [...siblings, { ...siblings[0]!, rfilename: 'onnx/model.onnx_data' }],
    };
    assert.ok((await plan()).files.some((each) => each.path === 'onnx/model.onnx_data'));
  });

  const unfit: Readonly<Record<string, (of: Sibling) => object>> = {
    'no name': (of) => ({ ...of, rfilename: undefined }),
    'no size': (of) => ({ ...of, size: undefined }),
    'a size that is no number': (of) => ({ ...of, size: String(of.size) }),
    'no hash': (of) => ({ ...of, blobId: undefined }),
    'a hash that is no text': (of) => ({ ...of, blobId: [of.blobId] }),
    'a hash of another length': (of) => ({ ...of, blobId: of.blobId.slice(1) }),
    'a hash with more behind it': (of) => ({ ...of, blobId: `${of.blobId}/` }),
    'a hash with more before it': (of) => ({ ...of, blobId: `/${of.blobId}` }),
    'the hash of a large file, though it is none': (of) => ({ ...of, blobId: of.blobId.padEnd(64, '0') }),
    'the hash of a small file, though it is large': (of) => ({
      ...of,
      lfs: { sha256: of.blobId, size: of.size },
    }),
    'a hash in large letters': (of) => ({ ...of, blobId: 'A'.repeat(40) }),
  };
  for (const [what, changed] of Object.entries(unfit)) {
    it(`leaves out a file that the hub lists with ${what}`, async () => {
      const target = 'tokenizer_config.json';
      hub.options = {
        list: (siblings) => siblings.map((each) => (each.rfilename === target ? changed(each) : each)),
      };
      assert.deepEqual(
        (await plan()).files.map((each) => each.path),
        ['config.json', 'tokenizer.json', 'onnx/model.onnx'],
      );
    });
  }

  it('refuses a commit that is not one, as it becomes part of an address, and a list that is not one', async () => {
    for (const sha of ['', 'main', '../../etc', `${COMMIT}/..`, `/${COMMIT}`, 'ABCDEF01', 'abc', [COMMIT]]) {
      hub.options = { sha };
      await assert.rejects(plan(), { name: 'UserError', message: /gave no list of the files/ });
    }
    hub.options = { list: () => 'config.json' };
    await assert.rejects(plan(), { name: 'UserError', message: /gave no list of the files/ });
  });

  it('does not use a link that stands in the place of its folder', async () => {
    mkdirSync(file('elsewhere'));
    symlinkSync(file('elsewhere'), file(`linked.${process.pid}.part`), 'dir');
    await downloadEncoder(await plan(), file('linked'));
    assert.deepEqual(names(file('elsewhere')), []);
    assert.ok(lstatSync(file('linked')).isDirectory());
  });

  const failing: Readonly<
    Record<string, readonly [answer: NonNullable<HubServer['options']['answer']>, says: RegExp]>
  > = {
    'breaks off half-way': [
      (_, content, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, content.length >> 1), () => response.destroy());
        return true;
      },
      /The connection to 127\.0\.0\.1:\d+ failed/,
    ],
    'changes a byte': [
      (_, content, response) => {
        response.end(Buffer.concat([Buffer.of(content[0]! ^ 1), content.subarray(1)]));
        return true;
      },
      /did not arrive as the hub describes it/,
    ],
    'never stops sending': [
      (_, content, response) => {
        const send = (): void => {
          if (!response.destroyed) response.write(content, send);
        };
        send();
        return true;
      },
      /did not arrive as the hub describes it/,
    ],
    'sends less': [
      (_, content, response) => {
        response.end(content.subarray(1));
        return true;
      },
      /did not arrive as the hub describes it/,
    ],
    'fails itself': [
      (_, __, response) => {
        response.writeHead(503).end();
        return true;
      },
      /cannot give tiny\/encoder now \(503\)/,
    ],
    'redirects to the clear': [
      (_, __, response) => {
        response.writeHead(302, { location: 'http://example.org/model' }).end();
        return true;
      },
      /not downloaded from http:\/\/example\.org.*https/,
    ],
    'redirects in circles': [
      (name, __, response) => {
        response.writeHead(302, { location: `/elsewhere/${name}` }).end();
        return true;
      },
      /in circles/,
    ],
  };
  for (const [what, [answer, says]] of Object.entries(failing)) {
    for (const target of ['config.json', 'onnx/model.onnx']) {
      it(`leaves nothing behind when the server ${what} (${target})`, async () => {
        const before = names(file());
        hub.options = {
          answer: (name, content, response) => name === target && answer(name, content, response),
        };
        await assert.rejects(downloadEncoder(await plan(), file('failed')), says);
        assert.deepEqual(names(file()), before);
      });
    }
  }

  it('stops when cancelled, also while nothing arrives, and leaves nothing behind', async () => {
    const before = names(file());
    const abort = new AbortController();
    hub.options = {
      answer: (name, content, response) => {
        if (name !== 'onnx/model.onnx') return false;
        response.write(content.subarray(0, 10), () => abort.abort());
        return true;
      },
    };
    await assert.rejects(
      downloadEncoder(await plan(), file('stopped'), undefined, abort.signal),
      CancelledError,
    );
    assert.deepEqual(names(file()), before);
  });

  it('says what is wrong with a name, a hub or a model', async () => {
    const refused = (name: string, says: RegExp, address = hub.address): Promise<void> =>
      assert.rejects(planDownload(address, parseHubName(name)!), { name: 'UserError', message: says });
    await refused('no/such', /no model or revision no\/such \(404\)/);
    await refused('gated/model', /needs a login/);
    await refused('a/b', /https/, 'http://example.org');
    await refused('a/b', /https/, 'nonsense');
    const gone = await startHub(file('source'));
    await gone.stop();
    await refused('a/b', /The connection to .* failed \(ECONNREFUSED\)/, gone.address);
    mkdirSync(file('weightless'));
    writeFileSync(file('weightless', 'config.json'), '{}');
    writeFileSync(file('weightless', 'tokenizer.json'), '{}');
    const weightless = await startHub(file('weightless'));
    await refused('tiny/encoder', /no ONNX weights/, weightless.address);
    await weightless.stop();
  });

  it('has commands to download and to describe', async () => {
    const out = file('by-command');
    const done = await cli(['encoder', 'download', 'tiny/encoder', '--hub', hub.address, '--out', out]);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, /tiny\/encoder \(onnx\/model\.onnx, licence mit\): \d+\.\d MB/);
    const info = await cli(['encoder', 'info', out, '--json']);
    assert.equal((JSON.parse(info.stdout) as { name: string }).name, 'tiny/encoder');
    const wrong = await cli(['encoder', 'download', '../x']);
    assert.deepEqual([wrong.code, wrong.stdout], [1, '']);
    assert.match(wrong.stderr, /no name of a model/);
    assert.match((await cli(['encoder', 'info', path.join(out, 'onnx')])).stderr, /encoder\.json/);
  });
});
