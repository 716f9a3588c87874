import path from 'node:path';
import * as vscode from 'vscode';
import { tellBriefly } from '../../services/notices';
import { rangeOf } from '../../services/positions';
import type { CorrectionDeps, FiledCorrection } from './corrections';

type ListDeps = Pick<CorrectionDeps, 'corrections' | 'inventory'>;

interface Item extends vscode.QuickPickItem {
  readonly filed?: FiledCorrection;
}

/** Lists every correction, those that lost their words first, to go to, anchor anew or remove. */
export async function showCorrections(deps: ListDeps): Promise<void> {
  const { corrections } = deps;
  await corrections.ready;
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Remove This Correction'),
  };
  const anchor: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('pinned'),
    tooltip: vscode.l10n.t('Anchor It at the Selected Word'),
  };
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = vscode.l10n.t('Corrections');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const show = (): void => {
    const items = correctionItems(deps);
    picker.items = items.map((item) => {
      if (!item.filed) return item;
      return { ...item, buttons: isLost(item.filed) ? [anchor, remove] : [remove] };
    });
    picker.placeholder =
      items.length > 0
        ? vscode.l10n.t('Choose one to go to its word')
        : vscode.l10n.t('There are no corrections. “Glossight: Pick Sense” makes one.');
  };
  show();
  try {
    const chosen = await new Promise<FiledCorrection | undefined>((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.filed));
      picker.onDidHide(() => resolve(undefined));
      picker.onDidTriggerItemButton(({ item, button }) => {
        if (!item.filed) return;
        const { file, correction } = item.filed;
        const done =
          button === remove ? corrections.withdraw(file, correction.id) : anchorHere(item.filed, deps);
        void done.then(show);
      });
      picker.show();
    });
    if (chosen) await goTo(chosen);
  } finally {
    picker.dispose();
  }
}

/** Of a document that is not open it is not known whether the word is still there. */
function isLost({ anchored }: FiledCorrection): boolean {
  return anchored !== undefined && !anchored.span;
}

/** What the list shows. */
export function correctionItems({ corrections, inventory }: ListDeps): readonly Item[] {
  const { l10n } = vscode;
  const { all } = corrections;
  const lost = all.filter(isLost);
  const others = all.filter((one) => !isLost(one));
  const item = (filed: FiledCorrection): Item => {
    const { correction, uri } = filed;
    const { word, sense, before, after, document } = correction;
    const id = inventory.find(sense);
    const gloss =
      id === undefined ? l10n.t('{0}, which is no sense any more', sense) : inventory.describe(id).gloss;
    const place = uri.scheme === 'file' ? document : path.posix.basename(uri.path);
    return {
      label: isLost(filed) ? `$(warning) ${word}` : word,
      description: gloss,
      detail: `${place}: …${`${before}${word}${after}`.replace(/\s+/g, ' ')}…`,
      filed,
    };
  };
  return [
    ...(lost.length > 0
      ? [
          {
            label: l10n.t('Lost: the word was deleted or rewritten'),
            kind: vscode.QuickPickItemKind.Separator,
          },
        ]
      : []),
    ...lost.map(item),
    ...(lost.length > 0 && others.length > 0
      ? [{ label: l10n.t('In place'), kind: vscode.QuickPickItemKind.Separator }]
      : []),
    ...others.map(item),
  ];
}

async function goTo({ uri, anchored, correction }: FiledCorrection): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { word, offset } = correction;
  const span = anchored?.span ?? { start: offset, end: anchored ? offset : offset + word.length };
  await vscode.window.showTextDocument(document, { selection: rangeOf(document, span) });
}

/** Puts a lost correction on the word that is selected in its document. */
async function anchorHere(
  { file, correction, uri }: FiledCorrection,
  { corrections }: ListDeps,
): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  const range = editor?.selection.isEmpty
    ? editor.document.getWordRangeAtPosition(editor.selection.active)
    : editor?.selection;
  if (!editor || !range) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Go to the document first and select the word it belongs to.'),
    );
    return;
  }
  const { document } = editor;
  const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  await corrections.anchorAt(file, correction.id, document, span);
  tellBriefly(vscode.l10n.t('Correction anchored'));
}
