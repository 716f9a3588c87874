import type { PanelStrings, PanelUse, PanelWord } from '../../protocol/instancesPanel';

/** Puts values where {0}, {1} … stand; a number without a value stays as it is. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (hole, place: string) => String(values[Number(place)] ?? hole));
}

/** Two decimals with a true minus sign, as in all of Glossight. */
export function formatCosine(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

/** A share from 0 to 1 in whole percent, as the language writes it. */
export function formatShare(share: number, language: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    formats.set(language, format);
  }
  return format.format(share);
}
/** A format is costly to make, and a row needs several. */
const formats = new Map<string, Intl.NumberFormat>();

/** The share of other uses that one is closer than: never rounded up to all of them. */
export function formatRank(share: number, language: string): string {
  return formatShare(Math.floor(share * 100) / 100, language);
}

/** The headline of a use: its rank among the word's own uses, not its cosine. */
export function closerThanText(use: PanelUse, strings: PanelStrings, language: string): string {
  return use.closerThan === null
    ? strings.use.notCompared
    : fill(strings.use.closerThan, formatRank(use.closerThan, language));
}

/** A sense in a word or two: its first synonym, or the first words of its gloss, without what stands in brackets. */
export function shortSense(word: PanelWord, sense: number): string {
  const { synonyms, gloss } = word.senses[sense]!;
  const synonym = synonyms.find((name) => name.toLowerCase() !== word.lemma.toLowerCase());
  return synonym?.replaceAll('_', ' ') ?? firstWords(gloss.replace(/\s*\([^)]*\)/g, ''));
}

/** Cut at a word. */
export function firstWords(text: string, most = 22): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(' ', most);
  return `${text.slice(0, end > 0 ? end : most).replace(/[\s,;:(]+$/, '')}…`;
}

/** How many uses, and where. */
export function usesText(word: PanelWord, uses: number, { header }: PanelStrings): string {
  const { documents } = word;
  if (documents.length > 1) return fill(header.usesInDocuments, uses, documents.length);
  return fill(uses === 1 ? header.oneUse : header.usesInDocument, uses, documents[0]?.name ?? '');
}

/** What made the predictions, as a caption that a paper can cite. */
export function sourceText({ source }: PanelWord, { map }: PanelStrings): string {
  return fill(map.source, source.encoder, source.recipe, source.layer, source.wordnet);
}

/** What a picture of these positions and colours can and cannot show. */
export function honestyText({ source }: PanelWord, { map }: PanelStrings): string {
  return `${map.sameVectors} ${source.trained ? map.trained : map.untrained}`;
}
