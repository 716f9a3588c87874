import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import * as vscode from 'vscode';
import { contextOf, type SenseInventory } from '../../../core';
import { layerName, setting } from '../../services/settings';
import { numberOrNull } from './panelMessages';
import type { ShownUses } from './shownUses';

/** Characters of context on either side. */
const REACH = 200;

/** Writes uses as they are listed to a file that the reader names. */
export async function saveList(
  format: 'csv' | 'json',
  order: readonly number[],
  shown: ShownUses,
  inventory: SenseInventory,
): Promise<void> {
  const rows = order.flatMap((i) => (shown.uses[i] ? [rowOf(shown, i, inventory)] : []));
  const caption = captionOf(shown, inventory);
  const content =
    format === 'json' ? `${JSON.stringify({ caption, uses: rows }, undefined, 2)}\n` : csvOf(rows, caption);
  await save(shown.asked.lemma, format, Buffer.from(content));
}

/** Writes a picture of the map; its caption is part of it. */
export async function saveMap(format: 'svg' | 'png', content: string, name: string): Promise<void> {
  await save(name, format, Buffer.from(content, format === 'png' ? 'base64' : 'utf8'));
}

interface ListedUse {
  readonly document: string;
  readonly line: number;
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
  readonly sense: string;
  readonly gloss: string;
  readonly probability: number | null;
  readonly unsure: boolean;
  readonly cosine: number | null;
  readonly similarity: number | null;
  readonly closerThan: number | null;
}

function rowOf({ uses, documents }: ShownUses, index: number, inventory: SenseInventory): ListedUse {
  const use = uses[index]!;
  const document = documents[use.document]!;
  const { key, gloss } = inventory.describe(use.sense);
  return {
    document: path.posix.basename(document.uri.path),
    line: document.positionAt(use.start).line + 1,
    ...contextOf(document.getText(), use, REACH),
    sense: key,
    gloss,
    probability: rounded(use.probability),
    unsure: use.doubt !== undefined,
    cosine: rounded(use.cosine),
    similarity: rounded(use.similarity),
    closerThan: rounded(use.closerThan),
  };
}

/** What a paper has to say of the numbers: it goes with every list. */
function captionOf({ asked, encoder }: ShownUses, inventory: SenseInventory): string {
  return vscode.l10n.t(
    'Uses of “{0}”. Encoder: {1}. Recipe: {2}. Layer rule: {3}. Similarities: cosine of standardised vectors. Senses: WordNet {4}.',
    asked.lemma.replaceAll('_', ' '),
    encoder,
    setting('recipe'),
    layerName(),
    inventory.edition,
  );
}

/** The caption stands in a comment before the table; no cell is taken for a formula by a spreadsheet. */
function csvOf(rows: readonly ListedUse[], caption: string): string {
  const table = stringify([...rows], {
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    cast: { boolean: String },
  });
  return `# ${caption}\n${table}`;
}

const COLUMNS: readonly (keyof ListedUse)[] = [
  'document',
  'line',
  'left',
  'keyword',
  'right',
  'sense',
  'gloss',
  'probability',
  'unsure',
  'cosine',
  'similarity',
  'closerThan',
];

async function save(name: string, extension: string, content: Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}.${extension}`;
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!uri) return;
  await vscode.workspace.fs.writeFile(uri, content);
  const open = vscode.l10n.t('Open');
  const saved = vscode.l10n.t('Saved as {0}.', path.posix.basename(uri.path));
  if ((await vscode.window.showInformationMessage(saved, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', uri);
  }
}

function rounded(value: number): number | null {
  const number = numberOrNull(value);
  return number === null ? null : Math.round(number * 10_000) / 10_000;
}
