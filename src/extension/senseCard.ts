import * as vscode from 'vscode';
import {
  type Annotation,
  type Doubt,
  doubtOf,
  type Evidence,
  type PartOfSpeech,
  type RankedCandidate,
  type Sense,
  type SenseInventory,
} from '../core';
import { COMMANDS } from './contributions';
import { escapeMarkdown } from './markdown';

/** Runners-up shown on the card; the rest is one link away. */
const MOST_RIVALS = 5;
/** A lemma tagged this often in SemCor is common: its uses vary more, and their cosines run lower. */
export const COMMON_USES = 100;

/**
 * The hover card as Markdown that reads well without being rendered: a heading line, the sense, what speaks for it,
 * the other senses as a list. Gloss, examples and document text are escaped.
 */
export function senseCard(annotation: Annotation, document: vscode.Uri, inventory: SenseInventory): string {
  const { text, lemma, partOfSpeech, sense, polysemous, candidates, start } = annotation;
  const described = describe(sense, inventory);
  const words = [heading(text, lemma, partOfSpeech)];
  words.push(...meaning(described));
  if (polysemous) {
    words.push(...support(annotation));
    const rivals = candidates.slice(1);
    if (rivals.length > 0) words.push(rivalList(rivals, inventory));
  } else {
    words.push(vscode.l10n.t('The only sense WordNet has for it.'));
  }
  words.push(actions(document, start, sense, candidates.length));
  return words.join('\n\n');
}

function describe(key: string, inventory: SenseInventory): Sense {
  return inventory.describe(inventory.find(key)!);
}

function heading(text: string, lemma: string, partOfSpeech: PartOfSpeech): string {
  const name = lemma.replaceAll('_', ' ');
  const parts = [`**${escapeMarkdown(text)}**`, partOfSpeechName(partOfSpeech)];
  if (name !== text.toLowerCase()) parts.push(vscode.l10n.t('lemma {0}', `*${escapeMarkdown(name)}*`));
  return parts.join(' · ');
}

function meaning({ gloss, examples, synonyms }: Sense): string[] {
  const lines = [escapeMarkdown(gloss)];
  if (examples.length > 0) lines.push(examples.map((example) => `*“${escapeMarkdown(example)}”*`).join('; '));
  if (synonyms.length > 0) {
    const names = synonyms.map((synonym) => escapeMarkdown(synonym.replaceAll('_', ' '))).join(', ');
    lines.push(vscode.l10n.t('Synonyms: {0}', names));
  }
  return lines;
}

/** What speaks for the sense, and what does not. */
function support(annotation: Annotation): string[] {
  const { cosine, margin, evidence, candidates, contextAlone } = annotation;
  const facts = [vscode.l10n.t('cosine **{0}**', formatCosine(cosine!))];
  if (margin !== undefined) facts.push(vscode.l10n.t('margin {0}', formatCosine(margin)));
  facts.push(evidenceText(evidence));
  const lines = [facts.join(' · ')];
  const doubt = doubtOf(annotation);
  if (doubt) lines.push(doubtText(doubt));
  if (contextAlone) {
    const gloss = vscode.l10n.t('Context alone says another sense, frequency decided: see below.');
    lines.push(gloss);
  }
  const uses = candidates.reduce((sum, candidate) => sum + usesOf(candidate.evidence), 0);
  if (uses >= COMMON_USES) {
    lines.push(vscode.l10n.t('Common word: cosine runs low for it.'));
  }
  return lines;
}

function rivalList(rivals: readonly RankedCandidate[], inventory: SenseInventory): string {
  const lines = rivals.slice(0, MOST_RIVALS).map(({ sense, cosine }) => {
    const { gloss } = describe(sense, inventory);
    return `- ${formatCosine(cosine)} ${escapeMarkdown(shorten(gloss))}`;
  });
  return [vscode.l10n.t('Other senses, by cosine:'), '', ...lines].join('\n');
}

function actions(document: vscode.Uri, offset: number, sense: string, senses: number): string {
  const place = [document.toString(), offset];
  const links = [
    link(vscode.l10n.t('Copy Key'), COMMANDS.copySenseKey, [sense]),
    link(vscode.l10n.t('Senses of the Sentence'), COMMANDS.disambiguateSelection, place),
  ];
  if (senses > 1) links.unshift(link(vscode.l10n.t('All {0} Senses', senses), COMMANDS.showAllSenses, place));
  return `\`${sense}\` · ${links.join(' · ')}`;
}

function link(label: string, command: string, args: readonly unknown[]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

function usesOf(evidence: Evidence): number {
  return evidence.kind === 'average' ? evidence.uses : 0;
}

/** Two decimals with a true minus sign. */
export function formatCosine(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

export function partOfSpeechName(partOfSpeech: PartOfSpeech): string {
  switch (partOfSpeech) {
    case 'noun':
      return vscode.l10n.t('noun');
    case 'verb':
      return vscode.l10n.t('verb');
    case 'adj':
      return vscode.l10n.t('adjective');
    case 'adv':
      return vscode.l10n.t('adverb');
  }
}

export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'average':
      return evidence.uses === 1
        ? vscode.l10n.t('one tagged use')
        : vscode.l10n.t('average of {0} tagged uses', evidence.uses);
    case 'related':
      return vscode.l10n.t('no tagged uses: {0} uses of related senses stand in', evidence.uses);
    case 'gloss':
      return vscode.l10n.t('from the gloss only');
    case 'none':
      return vscode.l10n.t('no evidence');
  }
}

export function doubtText(doubt: Doubt): string {
  return doubt === 'between two senses'
    ? vscode.l10n.t('**Unsure**: the next sense is about as near.')
    : vscode.l10n.t('**Unsure**: far from all its senses.');
}

/** Cuts a long gloss at a word. */
function shorten(gloss: string): string {
  if (gloss.length <= 110) return gloss;
  return `${gloss.slice(0, gloss.lastIndexOf(' ', 105))} …`;
}
