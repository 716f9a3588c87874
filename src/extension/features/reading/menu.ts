import * as vscode from 'vscode';
import { canRead } from './contextKeys';
import { type CommandId, COMMANDS } from '../../services/contributions';
import type { Scheduler } from '../../services/scheduler';
import { layerName, setting } from '../../services/settings';

interface Item extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

/** What makes sense now, to choose from: what a click on the status item opens. */
export async function showMenu(scheduler: Scheduler): Promise<void> {
  const chosen = await vscode.window.showQuickPick(menuItems(scheduler), {
    placeHolder: vscode.l10n.t('What Glossight can do here'),
  });
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command);
}

function menuItems(scheduler: Scheduler): readonly Item[] {
  const { l10n } = vscode;
  const document = vscode.window.activeTextEditor?.document;
  const isReading = document !== undefined && scheduler.state(document) !== undefined;
  const items: Item[] = [];
  if (document) {
    items.push(
      item('$(list-unordered)', l10n.t('Disambiguate Selection'), COMMANDS.disambiguateSelection),
      item('$(checklist)', l10n.t('Check Consistency'), COMMANDS.checkConsistency),
    );
  }
  if (isReading) {
    const isOff = setting('annotations.show', document) === 'off';
    items.push(
      item('$(list-ordered)', l10n.t('Show All Senses of the Word'), COMMANDS.showAllSenses),
      item('$(edit)', l10n.t('Pick Sense'), COMMANDS.pickSense),
      isOff
        ? item('$(eye)', l10n.t('Show Underlines'), COMMANDS.toggleAnnotations)
        : item('$(eye-closed)', l10n.t('Hide Underlines'), COMMANDS.toggleAnnotations),
      item('$(refresh)', l10n.t('Re-read This Document'), COMMANDS.rereadDocument),
      item('$(debug-stop)', l10n.t('Stop Reading This Document'), COMMANDS.stopReading),
    );
  } else if (document && canRead(document, scheduler)) {
    items.push(item('$(book)', l10n.t('Read This Document'), COMMANDS.readDocument));
  }
  items.push(item('$(checklist)', l10n.t('Show Corrections'), COMMANDS.showCorrections));
  items.push(
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    item('$(beaker)', l10n.t('Choose Recipe'), COMMANDS.chooseRecipe, setting('recipe')),
    item('$(layers)', l10n.t('Choose Layer Rule'), COMMANDS.chooseLayerRule, layerName()),
    item('$(gear)', l10n.t('Open Settings'), COMMANDS.openSettings),
    item('$(output)', l10n.t('Show Log'), COMMANDS.showLog),
  );
  return items;
}

function item(icon: string, label: string, command: CommandId, description?: string): Item {
  return { label: `${icon} ${label}`, command, ...(description ? { description } : {}) };
}
