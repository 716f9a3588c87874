import path from 'node:path';
import { contextOf } from '../../../core';
import type { PanelComparison, PanelPlace } from '../../../protocol/instancesPanel';
import { keyOf } from '../../services/documents';
import type { PanelDeps } from './listUses';
import { numberOrNull } from './panelMessages';
import type { AskedWord } from './shownUses';

const REACH = 80;

/** Two words side by side, and what drives their cosine. @throws CancelledError, UserError */
export async function compareWords(
  words: readonly [AskedWord, AskedWord],
  { scheduler, store, inventory }: PanelDeps,
  signal: AbortSignal,
): Promise<PanelComparison> {
  const documents = [...new Set(words.map(({ document }) => document))];
  const placeOf = ({ document, span }: AskedWord): { document: number; start: number; end: number } => ({
    document: documents.indexOf(document),
    ...span,
  });
  const places = [placeOf(words[0]), placeOf(words[1])] as const;
  const answer = await scheduler.ask(documents, 'comparison', { places }, signal);
  const { raw, standardised, random, contributions } = answer.comparison;
  const shown = ({ document, span }: AskedWord): PanelPlace => {
    const packed = store.get(keyOf(document))?.at(span.start);
    return {
      ...contextOf(document.getText(), span, REACH),
      document: path.posix.basename(document.uri.path),
      line: document.positionAt(span.start).line + 1,
      gloss: packed ? inventory.describe(packed.sense).gloss : '',
    };
  };
  return {
    words: [shown(words[0]), shown(words[1])],
    raw,
    standardised,
    static: numberOrNull(answer.static),
    random: random ? { raw: random.raw, standardised: random.standardised, pairs: random.pairs } : null,
    contributions,
  };
}
