import * as vscode from 'vscode';
import { CancelledError } from '../../../core';
import { downloadEncoder, parseHubName, planDownload } from '../../../node/hub';
import { UserError } from '../../../engine';
import type { Settings } from '../../services/contributions';
import type { Encoders } from './encoders';
import { withProgress } from '../../services/progress';
import { changeSetting, setting } from '../../services/settings';

/** A value of the setting `encoder.source`, or a way to one. */
type Choice = { readonly source: string } | { readonly ask: 'folder' | 'hub' };

/**
 * Lets the reader choose an encoder, downloads it if that is agreed to, and builds its sense vectors. The settings change
 * when all is there: whatever fails or is cancelled before leaves what worked.
 */
export async function chooseEncoder(encoders: Encoders): Promise<void> {
  try {
    const choice = await pick(encoders);
    const source = choice && ('source' in choice ? choice.source : await ask(choice.ask));
    if (source === undefined || !(await fetchIfMissing(encoders, source))) return;
    await use(encoders, source);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
}

async function pick(encoders: Encoders): Promise<Choice | undefined> {
  const current = setting('encoder.source').trim();
  const { l10n } = vscode;
  const named = new Set(['', ...(await encoders.downloaded()), current]);
  const items = [...named].map((source): vscode.QuickPickItem & { choice: Choice } => ({
    label: source === '' ? l10n.t('The encoder that comes with Glossight') : source,
    description: source === current ? l10n.t('in use') : '',
    choice: { source },
  }));
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { choice: Choice }>(
    [
      ...items,
      { label: l10n.t('A folder…'), description: '', choice: { ask: 'folder' } },
      {
        label: l10n.t('A model from the hub…'),
        description: setting('encoder.hub'),
        choice: { ask: 'hub' },
      },
    ],
    { title: l10n.t('Choose Encoder'), placeHolder: l10n.t('Which encoder makes the vectors of words?') },
  );
  return picked?.choice;
}

async function ask(what: 'folder' | 'hub'): Promise<string | undefined> {
  const { l10n } = vscode;
  if (what === 'folder') {
    const folders = await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: l10n.t('Use This Encoder'),
    });
    return folders?.[0]?.fsPath;
  }
  const name = await vscode.window.showInputBox({
    title: l10n.t('A model from the hub'),
    prompt: l10n.t('A model with ONNX weights, as owner/model or owner/model@revision'),
    validateInput: (text) => (parseHubName(text) ? undefined : l10n.t('Name it as owner/model.')),
  });
  return name?.trim();
}

/** @returns whether the encoder is there */
async function fetchIfMissing(encoders: Encoders, source: string): Promise<boolean> {
  const model = parseHubName(source);
  if (!model || (await encoders.downloaded()).includes(source)) return true;
  const { l10n } = vscode;
  const hub = setting('encoder.hub');
  const plan = await withProgress(l10n.t('Asking {0} about {1}', hub, source), (_, signal) =>
    planDownload(hub, model, signal),
  );
  const download = l10n.t('Download');
  const megabytes = (plan.bytes / 1e6).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
  const agreed = await vscode.window.showInformationMessage(
    l10n.t('Download {0} ({1} MB)?', source, megabytes),
    {
      modal: true,
      detail: l10n.t('From {0}. Licence: {1}.', hub, plan.licence ?? l10n.t('unknown')),
    },
    download,
  );
  if (agreed !== download) return false;
  await withProgress(l10n.t('Downloading {0}', source), (tell, signal) =>
    downloadEncoder(plan, encoders.downloadFolder(source), (bytes) => tell(bytes / plan.bytes), signal),
  );
  return true;
}

async function use(encoders: Encoders, source: string): Promise<void> {
  const { l10n } = vscode;
  const folder = encoders.folder(source);
  const { info } = await withProgress(l10n.t('Loading encoder'), (_, signal) =>
    encoders.describe(folder, signal),
  );
  const wanted = setting('layerRule');
  const able = (['mean4', 'last'] as const).filter((rule) => info.layers.includes(rule));
  const layer: Settings['layerRule'] | undefined = able.includes(wanted) ? wanted : able[0];
  if (!layer) {
    throw new UserError(
      l10n.t('The encoder {0} follows no layer rule that reading can use.', info.name),
      l10n.t('Choose another encoder.'),
    );
  }
  await encoders.index(folder, layer, setting('recipe'));
  await encoders.change(async () => {
    await changeSetting('encoder.source', source);
    if (layer !== wanted) await changeSetting('layerRule', layer);
  });
  void vscode.window.showInformationMessage(
    layer === wanted
      ? l10n.t('Glossight reads with {0}.', info.name)
      : l10n.t('Glossight reads with {0}, with the layer rule {1}: it has no other.', info.name, layer),
  );
}
