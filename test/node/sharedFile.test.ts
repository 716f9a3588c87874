import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { changeSharedFile, readSharedFile } from '../../src/node/files/sharedFile';
import { UserError } from '../../src/engine/userError';
import { temporaryFolder } from '../support/temporary';

describe('a file that windows share', () => {
  const file = temporaryFolder();

  it('is empty where there is none, and is made with its folder', async () => {
    const name = file('made', 'a.jsonl');
    assert.equal(await readSharedFile(name), '');
    assert.equal(await changeSharedFile(name, (text) => `${text}one\n`), 'one\n');
    assert.equal(readFileSync(name, 'utf8'), 'one\n');
    assert.deepEqual(readdirSync(file('made')), ['a.jsonl']);
  });

  it('keeps what all of many writers add', async () => {
    const name = file('many.jsonl');
    const numbers = Array.from({ length: 25 }, (_, i) => i);
    await Promise.all(numbers.map((n) => changeSharedFile(name, (text) => `${text}${n}\n`)));
    const written = readFileSync(name, 'utf8').trim().split('\n').map(Number);
    assert.deepEqual(
      written.sort((a, b) => a - b),
      numbers,
    );
  });

  it('stays as it was when it is read-only, no text, or the change fails', async () => {
    const name = file('kept.jsonl');
    writeFileSync(name, 'kept\n');
    await assert.rejects(
      changeSharedFile(name, () => {
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    chmodSync(name, 0o444);
    await assert.rejects(
      changeSharedFile(name, () => 'other'),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /kept\.jsonl cannot be written: it is read-only/);
        return true;
      },
    );
    assert.equal(readFileSync(name, 'utf8'), 'kept\n');
    const noText = file('no-text.jsonl');
    writeFileSync(noText, Buffer.from([0xff, 0x00, 0xc3, 0x28]));
    await assert.rejects(
      changeSharedFile(noText, () => 'other'),
      UserError,
    );
    assert.equal(readFileSync(noText).length, 4);
  });

  it('is neither read nor written where it has more than 20 MB, and stays as it was', async () => {
    const name = file('large.jsonl');
    writeFileSync(name, 'a');
    truncateSync(name, 20_000_001);
    const isTooLarge = (error: unknown): boolean => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /large\.jsonl is .*: 21 MB are too much, 20 MB the most/);
      return true;
    };
    await assert.rejects(readSharedFile(name), isTooLarge);
    await assert.rejects(
      changeSharedFile(name, () => ''),
      isTooLarge,
    );
    assert.equal(statSync(name).size, 20_000_001);
    writeFileSync(name, 'kept\n');
    await assert.rejects(
      changeSharedFile(name, () => 'é'.repeat(10_000_001)),
      isTooLarge,
    );
    assert.equal(readFileSync(name, 'utf8'), 'kept\n');
    await changeSharedFile(name, () => 'é'.repeat(10_000_000));
    assert.equal((await readSharedFile(name)).length, 10_000_000);
  });

  it('is written although a crashed window left its lock', async () => {
    const name = file('locked.jsonl');
    writeFileSync(`${name}.lock`, '');
    utimesSync(`${name}.lock`, new Date(0), new Date(0));
    await changeSharedFile(name, () => 'written\n');
    assert.equal(readFileSync(name, 'utf8'), 'written\n');
  });

  it('says so where a file stands in the place of its folder', async () => {
    writeFileSync(file('folder'), '');
    await assert.rejects(
      changeSharedFile(file('folder', 'a.jsonl'), () => 'text'),
      UserError,
    );
    mkdirSync(file('is-folder.jsonl'));
    await assert.rejects(readSharedFile(file('is-folder.jsonl')), /it is a folder/);
  });
});
