import path from 'node:path';
import * as vscode from 'vscode';
import {
  createJsonExporter,
  createMarkdownReport,
  createPlainReport,
  type Exporter,
  type Language,
  mergeSpans,
  type SenseInventory,
  sentenceAt,
  type Span,
} from '../../../core';
import { rangeOf, spanOf } from '../../services/positions';
import type { OnShare } from '../../services/progress';
import { layerRule, setting } from '../../services/settings';
import {
  exportedWord,
  type Passage,
  type PassageSources,
  type PassageWord,
  readPassage,
} from '../../services/passage';
import { withPatience } from '../../services/patience';
import { linkedPlace, tellNoEditor } from '../../services/place';
import type { MakeText, Report } from '../../services/reports';
import { methodText } from '../../services/senseTexts';
import type { Services } from '../../services/services';
import { Slices } from '../../services/slices';
import { lineList, reportStrings } from './reportStrings';

/**
 * The senses of every content word in the selections, or in the sentence at each cursor.
 * @param args `[document, offset]` from a link of the hover card; else the active editor is meant
 */
export async function disambiguateSelection(
  deps: PassageSources & Pick<Services, 'reports'>,
  args: readonly unknown[],
): Promise<void> {
  const target = targetOf(args, deps.inventory.language);
  if (!target) return;
  const { document, spans } = target;
  const made = await withPatience(vscode.l10n.t('Disambiguating'), async (signal, onShare) => {
    const passage = await readPassage(document, spans, deps, signal, (share) => onShare(share / 2));
    return passage && (await makeReport(document, passage, deps, signal, (s) => onShare(0.5 + s / 2)));
  });
  if (made === 'no words') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No content word of English that WordNet knows is in the selection or sentence.'),
    );
  } else if (made) {
    await deps.reports.show(made);
  }
}

function targetOf(
  args: readonly unknown[],
  language: Language,
): { readonly document: vscode.TextDocument; readonly spans: readonly Span[] } | undefined {
  if (typeof args[0] === 'string') {
    const place = linkedPlace(args[0], args[1]);
    return (
      place && {
        document: place.document,
        spans: [sentenceAt(place.document.getText(), place.offset, language)],
      }
    );
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    tellNoEditor();
    return undefined;
  }
  const { document, selections } = editor;
  const text = document.getText();
  const spans = selections.map((selection) =>
    selection.isEmpty
      ? sentenceAt(text, document.offsetAt(selection.active), language)
      : spanOf(document, selection),
  );
  return { document, spans: mergeSpans(spans) };
}

/** @returns `undefined` when cancelled */
async function makeReport(
  document: vscode.TextDocument,
  { words, spans }: Passage,
  { inventory }: PassageSources,
  signal: AbortSignal,
  onShare: OnShare,
): Promise<Report | 'no words' | undefined> {
  if (words.length === 0) return 'no words';
  const strings = reportStrings();
  const file = path.posix.basename(document.uri.path);
  const lines = lineList(spans.map((span) => rangeOf(document, span)));
  const title = vscode.l10n.t('Senses in {0}:{1}', file, lines);
  const header = [title, methodText(inventory.edition), countsText(words), legend()];
  const source = { file, recipe: setting('recipe'), layer: layerRule() };
  const text = await writeReport(createPlainReport(header, strings), words, inventory, signal, onShare);
  if (text === undefined) return undefined;
  const copy =
    (createExporter: () => Exporter): MakeText =>
    (...args) =>
      writeReport(createExporter(), words, inventory, ...args);
  return {
    title,
    text,
    markdown: copy(() => createMarkdownReport(strings)),
    json: copy(() => createJsonExporter(source, 'a line each')),
  };
}

function countsText(words: readonly PassageWord[]): string {
  const polysemous = words.filter(({ packed }) => packed.polysemous);
  const unsure = polysemous.filter(({ packed }) => packed.doubt !== undefined);
  const [all, several, doubtful] = [words, polysemous, unsure].map(({ length }) =>
    length.toLocaleString(vscode.env.language),
  );
  return vscode.l10n.t('Words: {0}; with several senses: {1}; unsure: {2}.', all!, several!, doubtful!);
}

function legend(): string {
  return vscode.l10n.t(
    'Each word has its line and column, part of speech and cosine; below it stand the sense it has here, with its key, and the runner-up.',
  );
}

/** Puts a report together a slice at a time; `undefined` when cancelled. */
async function writeReport(
  exporter: Exporter,
  words: readonly PassageWord[],
  inventory: SenseInventory,
  signal: AbortSignal,
  onShare: OnShare,
): Promise<string | undefined> {
  const slices = new Slices();
  const done: string[] = [exporter.head];
  let slice: string[] = [];
  for (const [i, word] of words.entries()) {
    slice.push(exporter.part({ annotations: [exportedWord(word, inventory)], abstentions: [] }));
    if (!slices.isOver) continue;
    // Joined a slice at a time, as the whole in one go would take long.
    done.push(slice.join(''));
    slice = [];
    onShare(i / words.length);
    await slices.pause();
    if (signal.aborted) return undefined;
  }
  // Joining many megabytes takes a while: a pause before it.
  await slices.pause();
  return [...done, ...slice, exporter.tail()].join('');
}
