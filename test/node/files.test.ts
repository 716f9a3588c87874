import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../src/node/files/files';
import { changeSharedFile, readSharedFile } from '../../src/node/files/sharedFile';
import { FILE_SYSTEM, type FileSystem } from '../../src/node/files/system';
import { temporaryFolder } from '../support/temporary';

const text = (file: string): string => readFileSync(file, 'utf8');

describe('a file that is written whole', () => {
  const inFolder = temporaryFolder();
  let folder: string;
  let counted = 0;
  const at = (...names: string[]): string => path.join(folder, ...names);

  beforeEach(() => {
    folder = inFolder(`${++counted}`);
    mkdirSync(folder);
  });

  it('replaces what was there, makes its folder, and leaves nothing else', async () => {
    await writeWhole(at('new', 'a'), 'one');
    await writeWhole(at('new', 'a'), Buffer.from('two'));
    assert.equal(text(at('new', 'a')), 'two');
    assert.deepEqual(readdirSync(at('new')), ['a']);
  });

  it('keeps the mode of what was there, whatever the mask', async function () {
    if (process.platform === 'win32') this.skip();
    for (const mode of [0o600, 0o640, 0o666, 0o755]) {
      writeFileSync(at('a'), 'one');
      chmodSync(at('a'), mode);
      await writeWhole(at('a'), 'two');
      assert.equal(statSync(at('a')).mode & 0o777, mode);
    }
    await writeWhole(at('new'), 'one');
    writeFileSync(at('plain'), 'one');
    assert.equal(statSync(at('new')).mode, statSync(at('plain')).mode);
  });

  it('writes through links, to another folder too, and keeps them', async () => {
    mkdirSync(at('real'));
    writeFileSync(at('real', 'a'), 'one');
    symlinkSync(path.join('real', 'a'), at('b'));
    symlinkSync('b', at('c'));
    await writeWhole(at('c'), 'two', { within: folder });
    assert.equal(text(at('real', 'a')), 'two');
    assert.deepEqual([readlinkSync(at('b')), readlinkSync(at('c'))], [path.join('real', 'a'), 'b']);
    assert.deepEqual(readdirSync(at('real')), ['a']);
    assert.deepEqual(readdirSync(folder).sort(), ['b', 'c', 'real']);
  });

  it('is refused by name behind a link that leaves its folder, leads nowhere or in a circle', async () => {
    mkdirSync(at('in'));
    mkdirSync(at('out'));
    mkdirSync(at('inner'));
    writeFileSync(at('out', 'a'), 'kept');
    symlinkSync(path.join('..', 'out', 'a'), at('in', 'file'));
    symlinkSync(path.join('..', 'out'), at('in', 'folder'));
    symlinkSync(path.join('..', 'inner'), at('in', 'sibling'));
    symlinkSync('..', at('in', 'parent'));
    symlinkSync('nowhere', at('in', 'dangling'));
    symlinkSync(at('out', 'new'), at('in', 'dangling out'));
    symlinkSync('circle', at('in', 'circle'));
    const cases: readonly (readonly [string, RegExp])[] = [
      ['file', /in.file is left alone: a link on the way to it leads out of .*in, to .*out.a\. Put a file/],
      ['folder/a', /folder.a is left alone/],
      ['folder/new', /folder.new is left alone/],
      ['folder/new/b', /new.b is left alone/],
      ['sibling/a', /sibling.a is left alone/],
      ['parent', /parent is left alone/],
      ['dangling', /in.dangling is a link that leads nowhere\. Delete the link/],
      ['dangling/below', /in.dangling is a link that leads nowhere/],
      ['dangling out', /in.dangling out is a link that leads nowhere/],
      ['circle', /circle cannot be written: its links lead in a circle/],
    ];
    for (const [name, message] of cases) {
      await assert.rejects(writeWhole(at('in', name), 'text', { within: at('in') }), {
        name: 'UserError',
        message,
      });
    }
    assert.equal(text(at('out', 'a')), 'kept');
    assert.deepEqual([readdirSync(at('out')), readdirSync(at('inner'))], [['a'], []]);
  });

  it('takes a folder for left where its name only begins with dots, and one behind a link for itself', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('link'));
    await writeWhole(at('link', '..a', 'b'), 'text', { within: at('link') });
    assert.equal(text(at('real', '..a', 'b')), 'text');
  });

  it('stays as it was when the write fails, and nothing else is left', async () => {
    writeFileSync(at('a'), 'one');
    const system: FileSystem = {
      ...FILE_SYSTEM,
      rename: () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })),
    };
    await assert.rejects(writeWhole(at('a'), 'two', { system }), {
      name: 'UserError',
      message: /a cannot be written: the disk is full/,
    });
    assert.equal(text(at('a')), 'one');
    assert.deepEqual(readdirSync(folder), ['a']);
    mkdirSync(at('b'));
    await assert.rejects(writeWhole(at('b'), 'two'), {
      name: 'UserError',
      message: /b cannot be written: it is a folder/,
    });
    assert.deepEqual(readdirSync(folder), ['a', 'b']);
  });

  it('is on the disk before it has its name, under a name that nobody can guess', async () => {
    const seen: string[] = [];
    const system: FileSystem = {
      ...FILE_SYSTEM,
      rename(from, to) {
        seen.push(path.basename(from));
        assert.equal(text(from), 'text');
        return rename(from, to);
      },
    };
    for (let i = 0; i < 2; i++) await writeWhole(at('a'), 'text', { system });
    assert.match(seen[0]!, /^a\.[0-9a-f]{16}\.tmp$/);
    assert.notEqual(seen[0], seen[1]);
  });

  it('waits on Windows until a virus scanner lets go, but not for ever; elsewhere not at all', async () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
      const failing = (times: number, platform: NodeJS.Platform): FileSystem & { tries: number } => ({
        platform,
        tries: 0,
        rename(from, to) {
          return this.tries++ < times
            ? Promise.reject(Object.assign(new Error(), { code }))
            : rename(from, to);
        },
      });
      const shortly = failing(3, 'win32');
      await writeWhole(at('a'), code, { system: shortly });
      assert.equal(text(at('a')), code);
      assert.equal(shortly.tries, 4);
      const elsewhere = failing(3, 'linux');
      await assert.rejects(writeWhole(at('a'), 'other', { system: elsewhere }), { name: 'UserError' });
      assert.equal(elsewhere.tries, 1);
      await assert.rejects(writeWhole(at('a'), 'other', { system: failing(Infinity, 'win32') }), {
        name: 'UserError',
      });
      assert.equal(text(at('a')), code);
      assert.deepEqual(readdirSync(folder), ['a']);
    }
  });

  it('takes away what a crash left long ago, and nothing else', async () => {
    const past = new Date(Date.now() - 2 * 3_600_000);
    const old = [
      'a.0123456789abcdef.tmp',
      'a.lock.0123456789abcdef.tmp',
      'a.tmp',
      'a.note.tmp',
      'b.0123456789abcdef.tmp',
    ];
    for (const name of old) {
      writeFileSync(at(name), '');
      utimesSync(at(name), past, past);
    }
    writeFileSync(at('a.fedcba9876543210.tmp'), 'of a window that writes now');
    writeFileSync(at('target'), 'kept');
    utimesSync(at('target'), past, past);
    symlinkSync('target', at('a.aaaaaaaaaaaaaaaa.tmp'));
    lutimesSync(at('a.aaaaaaaaaaaaaaaa.tmp'), past, past);
    mkdirSync(at('a.bbbbbbbbbbbbbbbb.tmp'));
    await writeWhole(at('a'), 'text');
    const left = [
      'a',
      'a.aaaaaaaaaaaaaaaa.tmp',
      'a.bbbbbbbbbbbbbbbb.tmp',
      'a.fedcba9876543210.tmp',
      'a.note.tmp',
      'a.tmp',
      'b.0123456789abcdef.tmp',
      'target',
    ];
    assert.deepEqual(readdirSync(folder).sort(), left);
    assert.equal(text(at('target')), 'kept');
  });

  it('is refused where a pipe is in its place', async function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(spawnSync('mkfifo', [at('pipe')]).status, 0);
    const message = /no ordinary file/;
    await assert.rejects(writeWhole(at('pipe'), 'text'), { name: 'UserError', message });
    mkdirSync(at('.glossight'));
    assert.equal(spawnSync('mkfifo', [at('.glossight', 'senses.yaml')]).status, 0);
    await assert.rejects(readSharedFile(at('.glossight', 'senses.yaml')), { name: 'UserError', message });
  });
});

describe('the folder .glossight of a stranger’s repository', () => {
  const inFolder = temporaryFolder();
  const workspace = (...names: string[]): string => inFolder('workspace', ...names);
  const shared = (): string => workspace('.glossight', 'corrections.jsonl');
  const LEFT = {
    name: 'UserError',
    message: /corrections\.jsonl is left alone: a link .* leads out of .*workspace, to/,
  };

  const folderLink = (to: string): void => symlinkSync(to, workspace('.glossight'), 'dir');
  let counted = 0;
  const outside = (): string => {
    const folder = inFolder(`outside ${++counted}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'corrections.jsonl'), 'mine\n');
    return folder;
  };
  beforeEach(() => {
    rmSync(workspace(), { recursive: true, force: true });
    mkdirSync(workspace());
  });

  it('does not lead out of it by a link in its own place, for its lock neither', async () => {
    const away = outside();
    // If the lock were made there, this folder in its place would cause another error.
    mkdirSync(path.join(away, 'corrections.jsonl.lock'));
    folderLink(away);
    await assert.rejects(readSharedFile(shared()), LEFT);
    await assert.rejects(
      changeSharedFile(shared(), () => 'text'),
      LEFT,
    );
    assert.deepEqual(readdirSync(away), ['corrections.jsonl', 'corrections.jsonl.lock']);
    assert.equal(text(path.join(away, 'corrections.jsonl')), 'mine\n');
  });

  it('does not lead out of it by a link that comes while the file is changed', async () => {
    const away = outside();
    await assert.rejects(
      changeSharedFile(shared(), () => {
        symlinkSync(path.join(away, 'corrections.jsonl'), shared());
        return 'text';
      }),
      LEFT,
    );
    assert.equal(text(path.join(away, 'corrections.jsonl')), 'mine\n');
  });

  it('does not lead out of it by a file that is a link', async () => {
    const away = outside();
    mkdirSync(workspace('.glossight'));
    symlinkSync(path.join(away, 'corrections.jsonl'), shared());
    await assert.rejects(readSharedFile(shared()), LEFT);
    await assert.rejects(
      changeSharedFile(shared(), () => 'text'),
      LEFT,
    );
    assert.deepEqual(readdirSync(away), ['corrections.jsonl']);
    assert.equal(text(path.join(away, 'corrections.jsonl')), 'mine\n');
    assert.deepEqual(readdirSync(workspace('.glossight')), ['corrections.jsonl']);
  });

  it('does not lead out of it by temporary files that are links', async () => {
    const away = outside();
    const target = path.join(away, 'corrections.jsonl');
    mkdirSync(workspace('.glossight'));
    const names = [
      `corrections.jsonl.${process.pid}.tmp`,
      'corrections.jsonl.tmp',
      'corrections.jsonl.partial',
    ];
    for (const name of names) symlinkSync(target, workspace('.glossight', name));
    await changeSharedFile(shared(), () => 'text');
    assert.equal(text(target), 'mine\n');
    assert.equal(text(shared()), 'text');
    for (const name of names) assert.ok(lstatSync(workspace('.glossight', name)).isSymbolicLink());
  });

  it('may be a link, or hold one, to a place in the workspace', async () => {
    mkdirSync(workspace('config'));
    writeFileSync(workspace('config', 'words.jsonl'), 'one\n');
    symlinkSync('words.jsonl', workspace('config', 'corrections.jsonl'));
    folderLink('config');
    assert.equal(await readSharedFile(shared()), 'one\n');
    assert.equal(await changeSharedFile(shared(), (before) => `${before}two\n`), 'one\ntwo\n');
    assert.equal(text(workspace('config', 'words.jsonl')), 'one\ntwo\n');
    assert.ok(lstatSync(workspace('config', 'corrections.jsonl')).isSymbolicLink());
    assert.ok(!existsSync(workspace('config', 'words.jsonl.lock')));
  });

  it('is refused by name where it leads nowhere, and is not made there', async () => {
    const message = /\.glossight is a link that leads nowhere\. Delete the link/;
    folderLink(inFolder('not there'));
    await assert.rejects(readSharedFile(shared()), { name: 'UserError', message });
    await assert.rejects(
      changeSharedFile(shared(), () => 'text'),
      { name: 'UserError', message },
    );
    assert.ok(!existsSync(inFolder('not there')));
  });
});
