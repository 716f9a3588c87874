import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/wait';
import { annotated, glossight, showRead, whenRead } from './support/editor';

const TEXT = 'The bank of the river was steep.\n\nThe bank lends money.\n';

describe('the vector cache in the editor', () => {
  const files = async (): Promise<string[]> => {
    const { cacheFolder } = await glossight();
    return (await readdir(cacheFolder).catch((): string[] => [])).filter((name) => name.endsWith('.vectors'));
  };

  it('keeps what was read', async () => {
    await showRead(TEXT);
    await until(async () => (await files()).length > 0);
  });

  it('is emptied by its command, and reading goes on', async () => {
    const { document } = await showRead(TEXT);
    await until(async () => (await files()).length > 0);
    const before = await files();
    await vscode.commands.executeCommand('glossight.clearCache');
    const after = await files();
    assert.deepEqual(
      before.filter((name) => after.includes(name)),
      [],
    );
    await whenRead(document);
    assert.deepEqual(await annotated(document), ['bank', 'river', 'was', 'steep', 'bank', 'lends', 'money']);
  });

  it('is done without where its folder cannot be made', async () => {
    const { cacheFolder, scheduler } = await glossight();
    const { document } = await showRead(TEXT);
    await scheduler.restart(async () => {
      await rm(cacheFolder, { recursive: true, force: true });
      await mkdir(path.dirname(cacheFolder), { recursive: true });
      await writeFile(cacheFolder, 'in the way');
    });
    await whenRead(document);
    assert.deepEqual(await annotated(document), ['bank', 'river', 'was', 'steep', 'bank', 'lends', 'money']);
    await scheduler.restart(() => rm(cacheFolder));
    await whenRead(document);
    await until(async () => (await files()).length > 0);
  });
});
