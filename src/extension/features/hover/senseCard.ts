import * as vscode from 'vscode';
import {
  type Annotation,
  COMMON_USES,
  type Doubt,
  type Evidence,
  type RankedCandidate,
  type Sense,
  type SenseInventory,
  sureSupersense,
  wholePercent,
} from '../../../core';
import { COMMANDS } from '../../services/contributions';
import { escapeMarkdown } from '../../services/markdown';
import { evidenceText, formatCosine, partOfSpeechName } from '../../services/senseTexts';

/** Runners-up shown on the card, which VS Code keeps to some ten lines; the rest is one link away. */
const MOST_RIVALS = 3;
/** More would push the rest of the card out of sight. */
const MOST_EXAMPLES = 2;

/**
 * The hover card as Markdown that reads well without being rendered: the word, the sense, what speaks for it, the other
 * senses as a list. Gloss, examples and document text are escaped.
 * @param part the word of a multiword unit that is pointed at
 */
export function senseCard(
  annotation: Annotation,
  document: vscode.Uri,
  inventory: SenseInventory,
  part?: Annotation,
): string {
  const { sense, candidates } = annotation;
  return [
    heading(annotation),
    meaning(inventory.describe(sense)),
    ...remarks(annotation, inventory),
    ...(candidates.length > 1 ? [rivalList(annotation, inventory)] : []),
    ...(part ? [partLine(part, inventory)] : []),
    actions(document, annotation, inventory),
  ].join('\n\n');
}

/** The word and what speaks for its sense. */
function heading(annotation: Annotation): string {
  const { text, lemma, partOfSpeech, polysemous, cosine, margin, probability, evidence } = annotation;
  const name = lemma.replaceAll('_', ' ');
  const parts = [`**${escapeMarkdown(text)}**`, partOfSpeechName(partOfSpeech)];
  if (name !== text.toLowerCase()) parts.push(vscode.l10n.t('lemma {0}', `*${escapeMarkdown(name)}*`));
  if (evidence.kind === 'chosen') {
    parts.push(`**${evidenceText(evidence)}**`);
  } else if (polysemous) {
    parts.push(vscode.l10n.t('**{0}%** sure', wholePercent(probability!)));
    parts.push(vscode.l10n.t('cosine **{0}**', formatCosine(cosine!)));
    if (margin !== undefined) parts.push(vscode.l10n.t('margin {0}', formatCosine(margin)));
    parts.push(evidenceText(evidence));
  } else {
    parts.push(vscode.l10n.t('its only sense'));
  }
  return parts.join(' · ');
}

function meaning({ gloss, examples, synonyms }: Sense): string {
  const lines = [`**${escapeMarkdown(gloss)}**`];
  if (examples.length > 0) {
    const quoted = examples.slice(0, MOST_EXAMPLES).map((example) => `*“${escapeMarkdown(example)}”*`);
    lines.push(quoted.join('; '));
  }
  if (synonyms.length > 0) {
    const names = synonyms.map((synonym) => escapeMarkdown(synonym.replaceAll('_', ' '))).join(', ');
    lines.push(vscode.l10n.t('Synonyms: {0}', names));
  }
  // A backslash at a line's end breaks it and, unlike two spaces, shows in the source.
  return lines.join('\\\n');
}

/** What a reader should know before relying on the sense. */
function remarks(annotation: Annotation, inventory: SenseInventory): string[] {
  const sentences: string[] = [];
  const { doubt } = annotation;
  if (doubt) {
    sentences.push(doubtText(doubt));
    const supersense = sureSupersense(annotation.candidates, inventory);
    if (supersense) sentences.push(vscode.l10n.t('Its supersense is sure: *{0}*.', supersense));
  }
  const uses = annotation.candidates.reduce((sum, { evidence }) => sum + usesOf(evidence), 0);
  if (uses >= COMMON_USES) sentences.push(vscode.l10n.t('Common word: cosine runs low for it.'));
  return sentences.length > 0 ? [sentences.join(' ')] : [];
}

/** The likeliest other senses, and in any case the one that context alone would choose. */
function rivalList({ candidates, contextAlone }: Annotation, inventory: SenseInventory): string {
  const isByContext = ({ sense }: RankedCandidate): boolean => sense === contextAlone?.sense;
  const shown = candidates.slice(1).filter((rival, i) => i < MOST_RIVALS || isByContext(rival));
  const lines = shown.map((rival) => {
    const gloss = escapeMarkdown(shorten(inventory.describe(rival.sense).gloss));
    const note = isByContext(rival)
      ? ` · ${vscode.l10n.t('**by context alone**; frequency decided for the sense above')}`
      : '';
    return `- ${formatCosine(rival.cosine)} ${gloss}${note}`;
  });
  return [vscode.l10n.t('Other senses, likeliest first, with their cosines:'), '', ...lines].join('\n');
}

/** What a word of the unit means if the writer did not mean the unit. */
function partLine({ text, partOfSpeech, sense }: Annotation, inventory: SenseInventory): string {
  const word = `*${escapeMarkdown(text)}*`;
  const gloss = escapeMarkdown(shorten(inventory.describe(sense).gloss));
  return vscode.l10n.t('{0} by itself: {1}, {2}', word, partOfSpeechName(partOfSpeech), gloss);
}

function actions(
  document: vscode.Uri,
  { start, sense, candidates, evidence }: Annotation,
  inventory: SenseInventory,
): string {
  const key = inventory.key(sense);
  const place = [document.toString(), start];
  const links = [link(vscode.l10n.t('Pick Sense'), COMMANDS.pickSense, place)];
  if (evidence.kind === 'chosen')
    links.push(link(vscode.l10n.t('Withdraw'), COMMANDS.withdrawCorrection, place));
  if (candidates.length > 1)
    links.push(link(vscode.l10n.t('All {0} Senses', candidates.length), COMMANDS.showAllSenses, place));
  links.push(
    link(vscode.l10n.t('Similar Instances'), COMMANDS.showSimilarInstances, place),
    link(vscode.l10n.t('Copy Key'), COMMANDS.copySenseKey, [key]),
    link(vscode.l10n.t('Senses of the Sentence'), COMMANDS.disambiguateSelection, place),
  );
  // The lemma of a project's sense may have any character.
  return `\`${key.replaceAll('`', '’')}\` · ${links.join(' · ')}`;
}

function link(label: string, command: string, args: readonly unknown[]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

function usesOf(evidence: Evidence): number {
  return evidence.kind === 'average' || evidence.kind === 'trained' ? evidence.uses : 0;
}

function doubtText(doubt: Doubt): string {
  return doubt === 'between two senses'
    ? vscode.l10n.t('**Unsure**: another sense is about as likely.')
    : vscode.l10n.t('**Unsure**: far from all its senses.');
}

/** Cuts a long gloss at a word. */
function shorten(gloss: string): string {
  if (gloss.length <= 110) return gloss;
  return `${gloss.slice(0, gloss.lastIndexOf(' ', 105))} …`;
}
