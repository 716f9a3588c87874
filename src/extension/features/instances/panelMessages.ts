import path from 'node:path';
import * as vscode from 'vscode';
import { contextOf, type SenseId, type SenseInventory } from '../../../core';
import type {
  PanelEvidence,
  PanelMap,
  PanelNeighbour,
  PanelSense,
  PanelUse,
  PanelWord,
} from '../../../protocol/instancesPanel';
import type { Answers, TaggedExample } from '../../../protocol/questions';
import { Slices } from '../../services/slices';
import { partOfSpeechName } from '../../services/senseTexts';
import { layerName, setting } from '../../services/settings';
import { type ListedUses, type ShownUses, usesBySense } from './shownUses';

/** Characters of context on either side; a wide panel shows about so many. */
const REACH = 120;

/** The word as the page is told of it. */
export function panelWord(
  { asked, documents, senses, uses }: ListedUses,
  answer: Answers['uses'],
  inventory: SenseInventory,
): PanelWord {
  const counts = usesBySense(uses);
  return {
    lemma: asked.lemma.replaceAll('_', ' '),
    partOfSpeech: partOfSpeechName(asked.partOfSpeech),
    documents: documents.map((document, i) => ({
      name: path.posix.basename(document.uri.path),
      headings: answer.documents[i]!.headings.map(({ title, start }) => ({
        title,
        level: headingLevel(document, start),
        position: start / lengthOf(document),
      })),
    })),
    senses: senses.map((sense): PanelSense => {
      const { key, gloss, synonyms, supersense = '' } = inventory.describe(sense);
      const names = synonyms.map((synonym) => synonym.replaceAll('_', ' '));
      return { key, gloss, synonyms: names, supersense, uses: counts.get(sense) ?? 0 };
    }),
    source: {
      encoder: answer.encoder,
      trained: answer.trained,
      recipe: setting('recipe'),
      layer: layerName(),
      wordnet: inventory.edition,
    },
  };
}

/** The uses as the page is told of them; made in slices, as a common word of a novel has a thousand. */
export async function panelUses(
  { documents, senses, uses }: ListedUses,
  answer: Answers['uses'],
): Promise<PanelUse[]> {
  const texts = documents.map((document) => document.getText());
  const slices = new Slices();
  const shown: PanelUse[] = [];
  for (const use of uses) {
    if (slices.isOver) await slices.pause();
    const document = documents[use.document]!;
    const text = texts[use.document]!;
    const headings = answer.documents[use.document]!.headings;
    shown.push({
      ...contextOf(text, use, REACH),
      document: use.document,
      sense: senses.indexOf(use.sense),
      rival: senses.indexOf(use.rival),
      line: document.positionAt(use.start).line + 1,
      position: use.start / Math.max(1, text.length),
      heading: headings.findLastIndex(({ start }) => start <= use.start),
      cosine: numberOrNull(use.cosine),
      probability: numberOrNull(use.probability),
      unsure: use.doubt !== undefined,
      similarity: numberOrNull(use.similarity),
      closerThan: numberOrNull(use.closerThan),
    });
  }
  return shown;
}

/** @throws Error that says why there is no map: some use has no vector */
export function panelMap(
  method: PanelMap['method'],
  { map }: Answers['map'],
  senses: readonly SenseId[],
): PanelMap {
  const { points, marks, explained, structure } = map;
  const { silhouette, between, agreement, clusters, continuum } = structure;
  const placed = points.filter((point) => point !== undefined);
  if (placed.length < points.length) {
    throw new Error(vscode.l10n.t('The encoder does not read some of these uses, so they are not compared.'));
  }
  return {
    method,
    x: placed.map(({ x }) => x),
    y: placed.map(({ y }) => y),
    marks: marks.map(({ sense, x, y }) => ({ sense: senses.indexOf(sense), x, y })),
    explained: explained ?? null,
    silhouette: silhouette ?? null,
    between,
    agreement: agreement ?? null,
    clusters,
    continuum: continuum ? [senses.indexOf(continuum[0]), senses.indexOf(continuum[1])] : null,
    tooFew: structure.tooFew,
  };
}

export function panelNeighbours(
  { documents, neighbours }: ShownUses,
  synset: number,
  inventory: SenseInventory,
): PanelNeighbour[] {
  return neighbours.map((use) => {
    const document = documents[use.document]!;
    return {
      ...contextOf(document.getText(), use, REACH),
      document: use.document,
      line: document.positionAt(use.start).line + 1,
      similarity: numberOrNull(use.similarity),
      gloss: inventory.describe(use.sense).gloss,
      sameSense: inventory.synset(use.sense) === synset,
    };
  });
}

export function panelEvidence(use: number, { senses }: Answers['evidence']): PanelEvidence {
  return {
    use,
    senses: senses.map(({ tagged, examples }, sense) => ({
      sense,
      tagged,
      examples: examples.map((example: TaggedExample) => ({
        ...contextOf(example.text, example, REACH),
        source: example.source,
        similarity: example.similarity,
      })),
    })),
  };
}

/** JSON has no NaN. */
export function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function lengthOf(document: vscode.TextDocument): number {
  return Math.max(1, document.getText().length);
}

/** The level of a Markdown heading; 1 for headings of plain text, which have no marks. */
function headingLevel(document: vscode.TextDocument, offset: number): number {
  const { text } = document.lineAt(document.positionAt(offset));
  return /^\s*(#{1,6})\s/.exec(text)?.[1]?.length ?? 1;
}
