/**
 * Regenerates the tables of docs/evaluation.md: what is measured on, and what each part of the score buys.
 * Needs the development corpora in ../shared/data.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import {
  createTagger,
  createWordPieceTokenizer,
  DEFAULT,
  type Encoder,
  type LayerRule,
  type Outcome,
  readableText,
  type Recipe,
  type Scores,
  score,
  type TaggedSentence,
  TEXTBOOK,
} from '../src/core';
import {
  dataPlaces,
  evaluate,
  type EvaluationOptions,
  heldOutHalf,
  loadInventory,
  loadOnnxEncoder,
  loadSenseIndex,
  readDocuments,
  UserError,
} from '../src/runtime';
import { writeBetweenMarkers } from './markers';

const root = path.resolve(__dirname, '..');
const page = path.join(root, 'docs', 'evaluation.md');
const data = path.resolve(root, '..', 'shared', 'data');

type Document = readonly TaggedSentence[];

/** Documents that are scored together, and what ties and unseen lemmas fall back on there. */
interface TestSet {
  readonly name: string;
  readonly documents: readonly Document[];
  readonly order: EvaluationOptions['order'];
}

/** A row of the tables. */
interface Variant {
  readonly name: string;
  readonly layer: LayerRule;
  readonly recipe: Recipe;
  readonly staticVectors?: true;
  readonly raw?: true;
}

const VARIANTS: readonly Variant[] = [
  { name: 'first sense (static vectors)', layer: 'mean4', recipe: TEXTBOOK, staticVectors: true },
  { name: 'textbook, raw, mean4', layer: 'mean4', recipe: { ...TEXTBOOK, scale: 'raw' } },
  { name: 'textbook, standardised, mean4', layer: 'mean4', recipe: TEXTBOOK },
  { name: 'textbook, raw, last', layer: 'last', recipe: { ...TEXTBOOK, scale: 'raw' } },
  { name: 'textbook, standardised, last', layer: 'last', recipe: TEXTBOOK },
  { name: 'default without gloss', layer: 'mean4', recipe: { ...DEFAULT, gloss: 0 } },
  { name: 'default without prior', layer: 'mean4', recipe: { ...DEFAULT, prior: 0 } },
  { name: 'default', layer: 'mean4', recipe: DEFAULT },
  { name: 'default, from plain text', layer: 'mean4', recipe: DEFAULT, raw: true },
];

async function main(): Promise<void> {
  const sets = await testSets();
  const scores = await scoreAll(sets);
  const [semeval, ...heldOut] = sets.map(({ name }) => name);
  const cell = (variant: Variant, set: string, pick: (scores: Scores) => number | null): string =>
    pick(scores.get(variant)!.get(set)!)?.toFixed(1) ?? '–';
  await writeTable('data', ['Test set', 'Documents', 'Words', 'Instances', 'Polysemous'], sets.map(describe));
  await writeTable(
    'semeval-2007',
    ['', 'All', 'Noun', 'Verb', 'Polysemous', 'Unseen'],
    VARIANTS.map((variant) => [
      variant.name,
      cell(variant, semeval!, ({ f1 }) => f1.all),
      cell(variant, semeval!, ({ f1 }) => f1.noun),
      cell(variant, semeval!, ({ f1 }) => f1.verb),
      cell(variant, semeval!, ({ polysemous }) => polysemous),
      cell(variant, semeval!, ({ unseen }) => unseen),
    ]),
  );
  await writeTable(
    'held-out',
    ['', ...heldOut],
    VARIANTS.map((variant) => [
      variant.name,
      ...heldOut.map((set) => cell(variant, set, ({ f1 }) => f1.all)),
    ]),
  );

  function describe({ name, documents }: TestSet): string[] {
    const { instances, words } = documents.map(readableText).reduce(
      (sum, one) => ({
        instances: sum.instances + one.instances.length,
        words: sum.words + one.words.length,
      }),
      { instances: 0, words: 0 },
    );
    const polysemous = polysemousInstances.get(name)!;
    return [name, ...[documents.length, words, instances, polysemous].map((n) => n.toLocaleString('en-GB'))];
  }
}

/** Filled while scoring: it is the inventory that knows. */
const polysemousInstances = new Map<string, number>();

async function testSets(): Promise<TestSet[]> {
  const file = (...parts: string[]): string => {
    const place = path.join(data, ...parts);
    if (existsSync(place)) return place;
    throw new UserError(
      `${path.relative(root, place)} is not there.`,
      'The tables need the development corpora: SemEval-2007, SemCor and MASC.',
    );
  };
  const corpora = {
    SemCor: file('semcor', 'semcor.jsonl.gz'),
    MASC: file('extra', 'masc.jsonl.gz'),
  };
  const semeval = await readDocuments(
    file('dev', 'semeval2007.data.xml'),
    file('dev', 'semeval2007.gold.key.txt'),
  );
  const sets: TestSet[] = [{ name: 'SemEval-2007', documents: semeval, order: 'wordnet' }];
  const list = path.join(root, 'training', 'heldout.txt');
  const halves = [
    { name: 'choosing half', ids: await heldOutHalf(list, 'choose') },
    { name: 'reporting half', ids: await heldOutHalf(list, 'report') },
  ];
  const documents = {
    SemCor: await readDocuments(corpora.SemCor),
    MASC: await readDocuments(corpora.MASC),
  };
  for (const { name, ids } of halves) {
    for (const corpus of ['SemCor', 'MASC'] as const) {
      const own = documents[corpus].filter(([sentence]) => ids.has(sentence!.doc));
      sets.push({ name: `${corpus}, ${name}`, documents: own, order: 'uses' });
    }
  }
  return sets;
}

/** Every variant on every set; a document's windows are encoded once a layer, whoever asks. */
async function scoreAll(sets: readonly TestSet[]): Promise<Map<Variant, Map<string, Scores>>> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet);
  const { encoder, vocabulary } = await loadOnnxEncoder(places.encoder);
  const indexes = {
    last: await loadSenseIndex(places.index('last'), { encoder: encoder.info, layer: 'last', inventory }),
    mean4: await loadSenseIndex(places.index('mean4'), { encoder: encoder.info, layer: 'mean4', inventory }),
  };
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const tagger = createTagger();
  const all = new Map(VARIANTS.map((variant) => [variant, new Map<string, Scores>()]));
  for (const { name, documents, order } of sets) {
    const outcomes = new Map(VARIANTS.map((variant) => [variant, [] as Outcome[]]));
    for (const [i, document] of documents.entries()) {
      console.error(`${name}: document ${i + 1} of ${documents.length}`);
      const remembering = rememberWindows(encoder);
      for (const variant of VARIANTS) {
        const { layer, recipe, raw = false, staticVectors = false } = variant;
        const result = await evaluate([document], {
          encoder: remembering,
          wordPieces,
          inventory,
          tagger,
          index: indexes[layer === 'last' ? 'last' : 'mean4'],
          layer,
          recipe,
          raw,
          staticVectors,
          order,
        });
        outcomes.get(variant)!.push(...result.outcomes);
      }
    }
    for (const [variant, own] of outcomes) all.get(variant)!.set(name, score(own));
    polysemousInstances.set(name, outcomes.get(VARIANTS[0]!)!.filter(({ polysemous }) => polysemous).length);
  }
  await encoder.dispose();
  return all;
}

/** A window's vectors depend on nothing but the window, so they can be kept. */
function rememberWindows(encoder: Encoder): Encoder {
  const known = new Map<string, Float32Array>();
  return {
    info: encoder.info,
    async encode(windows, layer, token) {
      const names = windows.map((window) => `${layer} ${window.join(' ')}`);
      const missing = windows.filter((_, i) => !known.has(names[i]!));
      const fresh = await encoder.encode(missing, layer, token);
      missing.forEach((window, i) => known.set(`${layer} ${window.join(' ')}`, fresh[i]!));
      return names.map((name) => known.get(name)!);
    },
    dispose: () => encoder.dispose(),
  };
}

async function writeTable(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '--:'));
  const table = [header, rule, ...rows].map(line).join('\n');
  writeBetweenMarkers(page, `table:${name}`, await format(table, { parser: 'markdown' }));
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
