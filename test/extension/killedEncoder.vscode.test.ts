import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForkedEngine } from '../../src/node/process/forkedEngine';
import { annotated, glossight, hover, replace, showRead } from './support/editor';
import { until } from '../support/wait';

describe('an encoder process that is killed or hangs', () => {
  const pid = async (): Promise<number | undefined> =>
    (await glossight()).scheduler.withEngine((engine) => Promise.resolve((engine as ForkedEngine).pid));
  const kill = async (signal: 'SIGKILL' | 'SIGSTOP' = 'SIGKILL'): Promise<void> => {
    const old = (await pid())!;
    process.kill(old, signal);
    await until(async () => ![undefined, old].includes(await pid()));
  };
  /** What the user was told, in place of the message itself, which nobody would close. */
  const told: string[] = [];
  const original = vscode.window.showWarningMessage;

  before(() => {
    vscode.window.showWarningMessage = (message: string): Promise<undefined> => {
      told.push(message);
      return Promise.resolve(undefined);
    };
  });
  after(() => {
    vscode.window.showWarningMessage = original;
    return vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is reported once, loses nothing, and reading goes on', async () => {
    const editor = await showRead('The bank lends money.\n\nThe bank closed.\n');
    const { document } = editor;
    const before = await annotated(document);
    await kill();
    assert.deepEqual(await annotated(document), before, 'annotations vanished');
    await replace(editor, 'money', 'boats');
    await until(async () => (await annotated(document)).includes('boats'));
    assert.match(await hover(document, 'boats'), /^\*\*boats\*\* · noun/);
    await kill();
    await replace(editor, 'boats', 'horses');
    await until(async () => (await annotated(document)).includes('horses'));
    // Only Linux tells soon whether a process hangs.
    await kill(process.platform === 'linux' ? 'SIGSTOP' : 'SIGKILL');
    await replace(editor, 'horses', 'clocks');
    await until(async () => (await annotated(document)).includes('clocks'));
    assert.equal(told.length, 1);
    assert.match(told[0]!, /Nothing is lost/);
  });
});
