import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import {
  captionLines,
  fitted,
  type MapPicture,
  mapSvg,
  PRINT_COLOURS,
} from '../../src/webview/instances/mapSvg';
import { COLOURS, shapePath } from '../../src/webview/instances/shapes';
import { readManifest } from '../support/manifest';
import { panelFixture } from '../support/panelFixture';
import { panelTexts } from '../support/panelTexts';

describe('the map as SVG', () => {
  let picture: MapPicture;
  before(async () => {
    const { word, uses, asked, pca } = panelFixture(200);
    picture = {
      ...{ word, uses, asked, map: pca, strings: await panelTexts(), language: 'en' },
      hiddenSenses: new Set(),
    };
  });

  it('is well-formed and stands alone, whatever the text', () => {
    const svg = mapSvg({ ...picture, word: { ...picture.word, lemma: '<b>&"\u0000\uD800</title>' } });
    const { svg: drawn } = new XMLParser().parse(svg) as { svg: { title: string } };
    assert.equal(drawn.title, '“<b>&"</title>” (noun), 200 uses, PCA');
    assert.doesNotMatch(svg, /<script|href=|url\(|var\(|class=/);
  });

  it('says what a paper has to cite', () => {
    const caption = captionLines(picture).join(' ');
    for (const cited of ['MiniLM', 'default', 'last', 'standardised', 'WordNet 3.0', 'same vectors', '48%'])
      assert.ok(caption.includes(cited), `no ${cited} in: ${caption}`);
    const drawn = new XMLParser({ preserveOrder: false }).parse(mapSvg(picture)) as {
      svg: { text: string[] };
    };
    for (const line of captionLines(picture)) assert.ok(drawn.svg.text.includes(line), line);
  });

  it('draws each use, each sense vector and a legend, and no sense that is turned off', () => {
    const marks = (svg: string): number => svg.match(/fill-opacity/g)?.length ?? 0;
    assert.equal(marks(mapSvg(picture)), 200);
    const hidden = mapSvg({ ...picture, hiddenSenses: new Set([0]) });
    assert.equal(marks(hidden), picture.uses.filter(({ sense }) => sense !== 0).length);
    assert.ok(!hidden.includes('sloping land'));
  });

  it('keeps the shape of the cloud and all of it in the picture', () => {
    const { map } = picture;
    const place = fitted(map, 400, 300, 20);
    const places = map.x.map((x, use) => place(x, map.y[use]!));
    for (const [x, y] of places) assert.ok(x >= 20 && x <= 380 && y >= 20 && y <= 280);
    const [a, b, c] = [place(0, 0), place(1, 0), place(0, 1)];
    assert.ok(Math.abs(b[0] - a[0] - (a[1] - c[1])) < 1e-9, 'one scale for both directions, y upwards');
    assert.deepEqual(fitted({ x: [3], y: [3], marks: [] }, 100, 100, 10)(3, 3), [50, 50]);
  });
});

describe('the marks of senses', () => {
  const colours = readManifest().contributes.colors.filter(({ id }) => id.startsWith('glossight.sense'));

  it('are printed in the colours of the light theme', () => {
    assert.deepEqual(
      colours.map(({ defaults }) => defaults['light']),
      PRINT_COLOURS,
    );
  });

  it('differ in colour and shape together for forty senses, and in shape for ten', () => {
    const shapes = Array.from({ length: 40 }, (_, sense) => shapePath(sense, 64));
    assert.equal(new Set(shapes).size, 10);
    assert.equal(new Set(shapes.map((shape, sense) => `${shape} ${sense % COLOURS}`)).size, 40);
  });

  for (const [theme, ground] of [
    ['light', '#ffffff'],
    ['dark', '#1f1f1f'],
    ['highContrast', '#000000'],
    ['highContrastLight', '#ffffff'],
  ] as const)
    it(`stand out from the page (3 to 1) and from each other, to colour-blind eyes too: ${theme}`, () => {
      const own = colours.map(({ defaults }) => defaults[theme]!);
      for (const colour of own) assert.ok(contrast(colour, ground) >= 3, `${colour} on ${ground}`);
      for (const [eyes, matrix] of Object.entries(EYES))
        own.forEach((a, i) =>
          own.slice(0, i).forEach((b) => {
            assert.ok(distance(seen(a, matrix), seen(b, matrix)) > 0.09, `${a} and ${b}, ${eyes}`);
          }),
        );
    });
});

/** Linear RGB as seen with all cones, and without those for long or middle waves (Machado, Oliveira & Fernandes 2009). */
const EYES: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

function linear(colour: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** As WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r, g, blue] = linear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((first, second) => second - first);
  return (high! + 0.05) / (low! + 0.05);
}

/** In OKLab (Ottosson 2020), whose distances are about even to the eye. */
function seen(colour: string, matrix: readonly (readonly [number, number, number])[]): number[] {
  const rgb = linear(colour);
  const [r, g, b] = matrix.map((row) => {
    const value = row.reduce((sum, weight, i) => sum + weight * rgb[i]!, 0);
    return Math.max(0, Math.min(1, value));
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!));
}
