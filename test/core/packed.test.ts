import assert from 'node:assert/strict';
import type { Annotation } from '../../src/core/annotations/annotation';
import {
  packedAnnotation,
  packedPartAt,
  type PackedReading,
  packReading,
  unpackAnnotation,
  WORD_FIELDS,
} from '../../src/core/annotations/packed';
import { packedUse, type Use, usesIn } from '../../src/core/annotations/use';
import { readParagraphs } from '../../src/core/pipeline';
import { readProse } from '../../src/core/prose/prose';
import { wordnet } from '../support/artifacts';
import { fakePipeline } from '../support/fakeReading';

const TEXT = [
  'The bank of the *river* was steep, and nobody took place in the old photograph.',
  'A bank lends money quickly; the “teller” runs a long, hard course &amp; sets the light pen down.',
  '# On oxygen and other elements\n\nHelium, oxygen and a xylophone.',
].join('\n\n');

/** Every word of a reading, in full. */
function unpackAll(reading: PackedReading, source: string): Annotation[] {
  return Array.from({ length: reading.words.length / WORD_FIELDS }, (_, index) => {
    const packed = packedAnnotation(reading, index, reading.start);
    return unpackAnnotation(packed, source.slice(packed.start, packed.end), wordnet());
  });
}

/** As they are unpacked. */
function withoutParts(annotation: Annotation): Annotation {
  return Object.fromEntries(
    Object.entries(annotation).filter(([name]) => name !== 'parts'),
  ) as unknown as Annotation;
}

function useOf({ start, end, sense, candidates, evidence, doubt }: Annotation): Use {
  return {
    start,
    end,
    sense,
    candidates: candidates.map(({ sense: candidate, probability, evidence: basis }) => ({
      sense: candidate,
      probability,
      uses: 'uses' in basis ? basis.uses : 0,
    })),
    isChosen: evidence.kind === 'chosen',
    isDoubtful: doubt !== undefined,
  };
}

function inSinglePrecision(use: Use): Use {
  const candidates = use.candidates.map((one) => ({ ...one, probability: Math.fround(one.probability) }));
  return { ...use, candidates };
}

describe('packed annotations', () => {
  let annotations: readonly Annotation[];
  before(async () => {
    const readings = await readParagraphs(readProse(TEXT, 'markdown'), [fakePipeline()]);
    annotations = readings.flatMap((reading) => reading.annotations);
  });

  it('come out as they went in', () => {
    const reading = packReading({ start: 0, end: TEXT.length }, annotations);
    assert.deepEqual(unpackAll(reading, TEXT), annotations.map(withoutParts));
  });

  it('were tried with every kind of annotation', () => {
    const kinds = new Set(
      annotations.flatMap(({ candidates }) => candidates.map(({ evidence }) => evidence.kind)),
    );
    assert.deepEqual([...kinds].sort(), ['average', 'gloss', 'none', 'related']);
    assert.ok(annotations.some(({ polysemous }) => !polysemous));
    assert.ok(annotations.some(({ contextAlone }) => contextAlone));
    assert.ok(annotations.some(({ polysemous, contextAlone }) => polysemous && !contextAlone));
  });

  it('say the same without being unpacked', () => {
    const reading = packReading({ start: 0, end: TEXT.length }, annotations);
    annotations.forEach(({ start, end, polysemous, sense, cosine, margin, candidates, evidence }, index) => {
      const packed = packedAnnotation(reading, index, reading.start);
      assert.deepEqual(
        [packed.start, packed.end, packed.polysemous, packed.sense, packed.evidence],
        [start, end, polysemous, sense, evidence.kind],
      );
      assert.deepEqual([packed.cosine, packed.margin], [cosine ?? NaN, margin ?? NaN]);
      assert.equal(packed.candidateCount, Math.max(1, candidates.length));
    });
  });

  it('are the same uses as in full', () => {
    const several = annotations.filter(({ polysemous }) => polysemous);
    const reading = packReading({ start: 0, end: TEXT.length }, several);
    several.forEach((annotation, index) => {
      assert.deepEqual(packedUse(packedAnnotation(reading, index, 0)), inSinglePrecision(useOf(annotation)));
    });
    const uses = usesIn(several, useOf);
    for (const { start } of uses.places()) assert.equal(uses.at(start)?.start, start);
    for (const between of [-1, several[0]!.start + 1, TEXT.length]) assert.equal(uses.at(between), undefined);
  });

  it('have the words that a unit is made of beside it', () => {
    const place = annotations.findIndex(({ lemma }) => lemma === 'take_place');
    const unit = annotations[place]!;
    const start = unit.start - 2;
    const reading = packReading({ start, end: TEXT.length }, annotations.slice(place));
    const packed = packedAnnotation(reading, 0, 1000);
    const partAt = (offset: number): string | undefined => {
      const part = packedPartAt(packed, 1002 + offset);
      return part && unpackAnnotation(part, '', wordnet()).lemma;
    };
    assert.deepEqual(['took'.length, 'took p'.length].map(partAt), ['take', 'place']);
    assert.deepEqual([-1, 'took place'.length + 1].map(partAt), [undefined, undefined]);
    const part = unpackAnnotation(packedPartAt(packed, 1002)!, 'took', wordnet());
    assert.deepEqual(part, { ...unit.parts![0], start: 1002, end: 1006 });
    assert.equal(packedPartAt(packedAnnotation(reading, 1, 1000), 1002), undefined);
  });

  it('move with what their offsets are relative to', () => {
    const inside = annotations.slice(1);
    const start = inside[0]!.start - 3;
    const reading = packReading({ start, end: TEXT.length }, inside);
    assert.equal(packedAnnotation(reading, 0, 1000).start, 1003);
    assert.deepEqual(unpackAll(reading, TEXT), inside.map(withoutParts));
  });

  it('survive a message between processes', () => {
    const reading = packReading({ start: 0, end: TEXT.length }, annotations);
    assert.deepEqual(unpackAll(structuredClone(reading), TEXT), annotations.map(withoutParts));
  });

  it('keep the last sense and large counts exact', () => {
    const inventory = wordnet();
    const candidates = [inventory.senseCount - 1, inventory.senseCount - 2].map((id, i) => {
      const { lemma, partOfSpeech } = inventory.describe(id);
      const evidence = { kind: 'related', uses: 2 ** 24 - 1 - i } as const;
      return {
        sense: id,
        lemma: lemma.toLowerCase(),
        partOfSpeech,
        cosine: 0.5,
        score: 0.75 - i / 4,
        probability: 0.75 - i / 4,
        evidence,
      };
    });
    const { sense, lemma, partOfSpeech, cosine, evidence } = candidates[0]!;
    const annotation: Annotation = {
      ...{ sense, lemma, partOfSpeech, cosine, evidence },
      start: 2 ** 24 + 1,
      end: 2 ** 24 + 2,
      text: 'z',
      polysemous: true,
      margin: 0.25,
      probability: 0.75,
      doubt: 'far from all senses',
      candidates,
    };
    const reading = packReading({ start: 1, end: 2 ** 25 }, [annotation]);
    assert.deepEqual(unpackAnnotation(packedAnnotation(reading, 0, 1), 'z', inventory), annotation);
  });

  it('hold a stretch without words', () => {
    const reading = packReading({ start: 4, end: 9 }, []);
    assert.deepEqual(
      [reading.start, reading.end, reading.words.length, reading.candidates.length],
      [4, 9, 0, 0],
    );
  });
});
