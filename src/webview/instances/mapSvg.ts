import type { PanelMap, PanelStrings, PanelUse, PanelWord } from '../../protocol/instancesPanel';
import { COLOURS, shapePath } from './shapes';
import { fill, firstWords, formatCosine, formatShare, honestyText, shortSense, sourceText } from './words';

/** Colours on white paper, sense by sense: those of the light themes in package.json. */
export const PRINT_COLOURS: readonly string[] = [
  '#0024b6',
  '#d70500',
  '#009a7f',
  '#660070',
  '#4b8bd0',
  '#45713c',
  '#4b252f',
  '#5307f1',
];

const WIDTH = 960;
const PLOT_HEIGHT = 600;
const MARGIN = 24;
const LINE = 19;
/** Characters of the caption's type that fit a line. */
const CAPTION_CHARACTERS = 132;

export interface MapPicture {
  readonly word: PanelWord;
  readonly uses: readonly PanelUse[];
  readonly asked: number;
  readonly map: PanelMap;
  readonly strings: PanelStrings;
  readonly language: string;
  readonly hiddenSenses: ReadonlySet<number>;
}

/** The whole map as a picture of its own, black on white, with legend and a caption that a paper can cite. */
export function mapSvg(picture: MapPicture): string {
  const { word, uses, asked, map, hiddenSenses } = picture;
  const place = fitted(map, WIDTH, PLOT_HEIGHT, MARGIN + 12);
  const shown = uses.map((_, use) => use).filter((use) => !hiddenSenses.has(uses[use]!.sense));
  const senses = word.senses.map((_, sense) => sense).filter((sense) => shownCount(picture, sense) > 0);
  const legendTop = PLOT_HEIGHT + 2 * MARGIN + 20;
  const askedShown = !hiddenSenses.has(uses[asked]!.sense);
  const askedTop = legendTop + senses.length * LINE;
  const captionTop = askedTop + (askedShown ? LINE : 0) + 14;
  const caption = captionLines(picture);
  const height = captionTop + caption.length * LINE + MARGIN;

  const marks = shown.map((use) => {
    const { sense } = uses[use]!;
    return `<path d="${shapePath(sense, 44)}" transform="${at(place(map.x[use]!, map.y[use]!))}" fill="${colourOf(sense)}" fill-opacity="0.75"/>`;
  });
  const vectors = map.marks
    .filter(({ sense }) => !hiddenSenses.has(sense))
    .map(({ sense, x, y }) => {
      const [px, py] = place(x, y);
      const leftwards = px > WIDTH * 0.75;
      return (
        `<path d="${shapePath(sense, 190)}" transform="${at([px, py])}" fill="#ffffff" stroke="${colourOf(sense)}" stroke-width="2.5"/>` +
        `<text x="${px + (leftwards ? -13 : 13)}" y="${py + 5}" text-anchor="${leftwards ? 'end' : 'start'}" font-weight="600" ` +
        `paint-order="stroke" stroke="#ffffff" stroke-width="4">${escapeXml(shortSense(word, sense))}</text>`
      );
    });
  const legend = senses.map((sense, row) => {
    const { gloss } = word.senses[sense]!;
    const y = legendTop + row * LINE;
    return (
      `<path d="${shapePath(sense, 64)}" transform="${at([MARGIN + 7, y - 4])}" fill="${colourOf(sense)}"/>` +
      `<text x="${MARGIN + 22}" y="${y}">${escapeXml(`${firstWords(gloss, 110)} · ${shownCount(picture, sense)}`)}</text>`
    );
  });
  const texts = caption.map(
    (line, row) =>
      `<text x="${MARGIN}" y="${captionTop + row * LINE}" fill="#404040">${escapeXml(line)}</text>`,
  );
  const ringAt = (radius: number, point: readonly [number, number]): string =>
    askedShown
      ? `<circle r="${radius}" transform="${at(point)}" fill="none" stroke="#000000" stroke-width="2"/>`
      : '';
  const ring = ringAt(11, place(map.x[asked]!, map.y[asked]!));
  if (askedShown)
    legend.push(
      ringAt(6, [MARGIN + 7, askedTop - 4]),
      `<text x="${MARGIN + 22}" y="${askedTop}">${escapeXml(picture.strings.use.asked)}</text>`,
    );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
      `font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#000000">`,
    `<title>${escapeXml(titleOf(picture))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 4}" font-size="16" font-weight="600">${escapeXml(titleOf(picture))}</text>`,
    `<g transform="translate(0 ${MARGIN})">${[...marks, ring, ...vectors].join('\n')}</g>`,
    ...legend,
    ...texts,
    '</svg>\n',
  ].join('\n');
}

/** What the picture says below itself, line by line. */
export function captionLines(picture: MapPicture): string[] {
  return [
    figuresText(picture),
    honestyText(picture.word, picture.strings),
    sourceText(picture.word, picture.strings),
  ].flatMap((paragraph) => wrap(paragraph, CAPTION_CHARACTERS));
}

/** Scales positions into a box, alike in both directions; `y` points up. */
export function fitted(
  { x, y, marks }: Pick<PanelMap, 'x' | 'y' | 'marks'>,
  width: number,
  height: number,
  margin: number,
): (x: number, y: number) => [number, number] {
  const bounds = (values: readonly number[]): [middle: number, span: number] => {
    let [least, most] = [Infinity, -Infinity];
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return values.length === 0 ? [0, 0] : [(least + most) / 2, most - least];
  };
  const [middleX, spanX] = bounds([...x, ...marks.map((mark) => mark.x)]);
  const [middleY, spanY] = bounds([...y, ...marks.map((mark) => mark.y)]);
  const scale = Math.min(
    Math.max(width - 2 * margin, 1) / (spanX || 1),
    Math.max(height - 2 * margin, 1) / (spanY || 1),
  );
  return (px, py) => [width / 2 + (px - middleX) * scale, height / 2 - (py - middleY) * scale];
}

function titleOf({ word, uses, map, strings }: MapPicture): string {
  return fill(
    strings.map.exportTitle,
    word.lemma.replaceAll('_', ' '),
    word.partOfSpeech,
    uses.length,
    map.method === 'pca' ? 'PCA' : 'UMAP',
  );
}

function figuresText({ map, strings, language, uses }: MapPicture): string {
  const figures = [`${strings.map.uses}: ${uses.length}`];
  if (map.explained)
    figures.push(`${strings.map.explained}: ${formatShare(map.explained[0] + map.explained[1], language)}`);
  if (map.silhouette !== null) figures.push(`${strings.map.silhouette}: ${formatCosine(map.silhouette)}`);
  figures.push(`${strings.map.between}: ${formatShare(map.between, language)}`);
  if (map.agreement !== null)
    figures.push(`${fill(strings.map.agreement, map.clusters)}: ${formatCosine(map.agreement)}`);
  return `${figures.join('; ')}.`;
}

function shownCount({ uses, hiddenSenses }: MapPicture, sense: number): number {
  return hiddenSenses.has(sense) ? 0 : uses.reduce((count, use) => count + (use.sense === sense ? 1 : 0), 0);
}

function colourOf(sense: number): string {
  return PRINT_COLOURS[sense % COLOURS]!;
}

function at([x, y]: readonly [number, number]): string {
  return `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
}

function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Text as XML that shows exactly that text; what XML cannot hold at all is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
