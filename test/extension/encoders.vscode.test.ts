import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Glossight } from '../../src/extension/extension';
import { type HubServer, startHub } from '../support/hubServer';
import { writeTinyEncoder } from '../support/tinyEncoder';
import { casedWordPiece } from '../support/tinyTokenizers';
import { until } from '../support/wait';

/** Answers the dialogs that the command opens, in place of a hand; says which came. */
interface Answers {
  readonly quickPick?: (labels: readonly string[]) => string | undefined;
  readonly folder?: string;
  readonly name?: string;
  readonly agrees?: boolean;
}

describe('encoders in the editor', function () {
  // Sense vectors are built in earnest here.
  this.timeout(120_000);
  let glossight: Glossight;
  let document: vscode.TextDocument;
  let folder: string;
  let hub: HubServer;
  const shown: string[] = [];
  const { showQuickPick, showOpenDialog, showInputBox, showInformationMessage, showErrorMessage } =
    vscode.window;

  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('glossight');
  const set = async (name: string, value: unknown): Promise<void> =>
    configuration().update(name, value, vscode.ConfigurationTarget.Global);
  const phase = (): string | undefined => glossight.scheduler.state(document)?.phase;
  const failure = (): string => {
    const state = glossight.scheduler.state(document);
    return state?.phase === 'failed' ? state.message : '';
  };
  /** The scheduler begins anew at once when a setting changes, with what is read dropped. */
  const isAnew = (change: () => PromiseLike<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const listening = glossight.scheduler.onDidChangeState(() => {
        if (phase() !== 'loading') return;
        listening.dispose();
        resolve();
      });
      change().then(undefined, reject);
    });
  const choose = async ({ quickPick, folder: chosen, name, agrees }: Answers): Promise<void> => {
    const labels = (items: readonly vscode.QuickPickItem[]): string[] => items.map(({ label }) => label);
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        const label = quickPick?.(labels(items));
        return Promise.resolve(items.find((item) => item.label === label));
      },
      showOpenDialog: () => Promise.resolve(chosen === undefined ? undefined : [vscode.Uri.file(chosen)]),
      showInputBox: () => Promise.resolve(name),
      showInformationMessage: (message: string, _: unknown, item: string) => {
        shown.push(message);
        return Promise.resolve(agrees ? item : undefined);
      },
      showErrorMessage: (message: string) => {
        shown.push(message);
        return Promise.resolve(undefined);
      },
    });
    await vscode.commands.executeCommand('glossight.chooseEncoder');
  };

  /** Presses Cancel in the newest notification, as a hand would, until there is nothing left to cancel. */
  const cancel = (isOver: () => boolean): Promise<void> =>
    until(async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return isOver();
    });

  before(async () => {
    const extension = vscode.extensions.getExtension<Glossight>('glossight.glossight')!;
    glossight = await extension.activate();
    folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-encoders-'));
    writeTinyEncoder(path.join(folder, 'tiny'), { tokenizer: casedWordPiece, vocabularySize: 13 });
    hub = await startHub(path.join(folder, 'tiny'));
    document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: 'The bank of the river was steep, and the men sat there in the evening.',
    });
    await vscode.window.showTextDocument(document);
    await until(() => phase() === 'read');
  });
  beforeEach(async () => {
    shown.length = 0;
    hub.options = {};
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  after(async () => {
    Object.assign(vscode.window, {
      showQuickPick,
      showOpenDialog,
      showInputBox,
      showInformationMessage,
      showErrorMessage,
    });
    for (const name of ['encoder.source', 'encoder.hub', 'layerRule']) await set(name, undefined);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says what to do when the folder in the settings is missing or damaged, and reads on when mended', async () => {
    await isAnew(() => set('encoder.source', path.join(folder, 'nowhere')));
    await until(() => phase() === 'failed');
    assert.match(failure(), /There is no folder .*nowhere.*Choose Encoder/);
    mkdirSync(path.join(folder, 'damaged'));
    writeFileSync(path.join(folder, 'damaged', 'config.json'), '{');
    await isAnew(() => set('encoder.source', path.join(folder, 'damaged')));
    await until(() => phase() === 'failed');
    assert.match(failure(), /config\.json is damaged/);
    await isAnew(() => set('encoder.source', undefined));
    await until(() => phase() === 'read');
  });

  it('downloads nothing because a setting names a model', async () => {
    await set('encoder.hub', hub.address);
    await isAnew(() => set('encoder.source', 'tiny/encoder'));
    await until(() => phase() === 'failed');
    assert.match(failure(), /has not been downloaded.*Choose Encoder/);
    assert.deepEqual(hub.requests, []);
  });

  it('refuses a layer rule that the encoder lacks', async () => {
    await isAnew(() => set('encoder.source', path.join(folder, 'tiny')));
    await until(() => phase() === 'failed');
    assert.match(failure(), /cannot follow the layer rule mean4.*It has last/);
    await isAnew(() => set('encoder.source', undefined));
    await until(() => phase() === 'read');
  });

  it('leaves all as it was when a download is refused, fails or nothing is chosen', async () => {
    const fromHub = { quickPick: () => 'A model from the hub…', name: 'tiny/encoder' };
    await choose({ quickPick: () => undefined });
    await choose({ ...fromHub, agrees: false });
    assert.match(shown.join('\n'), /^Download tiny\/encoder \([\d.]+ MB\)\?$/);
    assert.equal(hub.requests.length, 1);
    hub.options = {
      answer: (name, content, response) => {
        if (name !== 'onnx/model.onnx') return false;
        response.write(content.subarray(0, 10), () => response.destroy());
        return true;
      },
    };
    await choose({ ...fromHub, agrees: true });
    assert.match(shown.at(-1)!, /The connection to .* failed/);
    await choose({ quickPick: () => 'A folder…', folder: path.join(folder, 'damaged') });
    assert.match(shown.at(-1)!, /config\.json is damaged/);
    assert.equal(configuration().get('encoder.source'), '');
    assert.equal(phase(), 'read');
  });

  it('ends a download that is cancelled, keeps nothing of it and goes on reading', async () => {
    let connection: 'none' | 'open' | 'closed' = 'none';
    hub.options = {
      answer: (name, content, response) => {
        if (name !== 'onnx/model.onnx') return false;
        connection = 'open';
        response.on('close', () => (connection = 'closed'));
        response.write(content.subarray(0, 10));
        return true;
      },
    };
    const state = { isOver: false };
    const running = choose({ quickPick: () => 'A model from the hub…', name: 'tiny/encoder', agrees: true });
    void running.finally(() => (state.isOver = true));
    await until(() => connection === 'open');
    await cancel(() => state.isOver);
    await running;
    await until(() => connection === 'closed');
    assert.match(shown.join('\n'), /^Download tiny\/encoder \([\d.]+ MB\)\?$/);
    const downloads = path.dirname(glossight.encoders.downloadFolder('tiny/encoder'));
    assert.deepEqual(existsSync(downloads) ? readdirSync(downloads) : [], []);
    assert.equal(configuration().get('encoder.source'), '');
    assert.equal(phase(), 'read');
  });

  it('reports a build that settings caused, and once it is cancelled offers to continue it or to go back', async () => {
    const buttons: string[][] = [];
    let press: ((button: string) => void) | undefined;
    vscode.window.showErrorMessage = ((message: string, ...items: string[]) => {
      shown.push(message);
      buttons.push(items);
      return new Promise<string>((resolve) => (press = resolve));
    }) as unknown as typeof vscode.window.showErrorMessage;
    const share = (): number => {
      const state = glossight.scheduler.state(document);
      return state?.phase === 'building' ? state.share : NaN;
    };
    await isAnew(() => set('layerRule', 'last'));
    await until(() => phase() === 'read');
    await set('encoder.source', path.join(folder, 'tiny'));
    await until(() => share() > 0.1 && /Building sense vectors [1-9]\d? %/.test(glossight.status.text));
    const before = share();
    await cancel(() => phase() === 'failed');
    assert.match(failure(), /are not built yet.*Try again to go on where the build stopped/);
    assert.deepEqual(shown, [failure()]);
    assert.deepEqual(buttons.at(-1), ['Go Back', 'Try Again', 'Show Log']);

    press!('Try Again');
    await until(() => share() >= 0);
    assert.ok(share() >= before, `at ${share()} after ${before}`);
    await cancel(() => phase() === 'failed');
    assert.equal(shown.length, 2);

    press!('Go Back');
    await until(() => configuration().get('encoder.source') === '' && phase() === 'read');
    assert.equal(configuration().get('layerRule'), 'last');
    await isAnew(() => set('layerRule', undefined));
    await until(() => phase() === 'read');
  });

  it('downloads a model when asked, builds its sense vectors and reads with it', async () => {
    await choose({ quickPick: () => 'A model from the hub…', name: 'tiny/encoder', agrees: true });
    assert.match(shown.at(-1)!, /reads with tiny\/encoder, with the layer rule last/);
    assert.equal(configuration().get('encoder.source'), 'tiny/encoder');
    assert.equal(configuration().get('layerRule'), 'last');
    await until(() => phase() === 'read');
    const folderOfIt = glossight.encoders.folder('tiny/encoder');
    assert.ok(existsSync(path.join(folderOfIt, 'glossight-download.json')));
    const index = await glossight.encoders.index(folderOfIt, 'last', 'default');
    const indexes = readdirSync(path.dirname(index)).filter((name) => name.endsWith('.bin'));
    assert.deepEqual(indexes, [path.basename(index)]);
    let offered: readonly string[] = [];
    await choose({
      quickPick: (labels) => {
        offered = labels;
        return labels[0];
      },
    });
    assert.ok(offered.includes('tiny/encoder'), offered.join());
    assert.equal(configuration().get('encoder.source'), '');
    await until(() => phase() === 'read');
  });
});
