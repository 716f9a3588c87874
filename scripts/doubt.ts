/**
 * Where to call a sense unsure: share and accuracy of the words below a margin, and below a cosine, over SemEval-2007 and
 * the choosing half of the held-out documents, read from plain text as the editor reads them. The thresholds stand in
 * src/core/annotations/doubt.ts. Needs the development corpora in ../shared/data.
 *
 *     node scripts/run.mjs scripts/doubt.ts
 */
import path from 'node:path';
import {
  type Annotation,
  FAR_COSINE,
  NARROW_MARGIN,
  readableText,
  silentLogger,
  type TaggedSentence,
} from '../src/core';
import { createReader, dataPlaces, heldOutHalf, readDocuments } from '../src/runtime';

const root = path.resolve(__dirname, '..');
const data = path.resolve(root, '..', 'shared', 'data');

const MARGINS = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15];
const COSINES = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

interface Judged {
  readonly margin: number;
  readonly cosine: number;
  readonly right: boolean;
}

async function main(): Promise<void> {
  const documents = [
    ...(await readDocuments(
      path.join(data, 'dev', 'semeval2007.data.xml'),
      path.join(data, 'dev', 'semeval2007.gold.key.txt'),
    )),
    ...(await choosingHalf()),
  ];
  const places = dataPlaces(root);
  const reader = await createReader(
    { ...places, index: places.index('mean4'), layer: 'mean4', recipe: 'default', threads: 1 },
    silentLogger,
  );
  const judged: Judged[] = [];
  for (const document of documents) {
    const { text, instances } = readableText(document);
    const found = new Map<string, Annotation>();
    await reader.read({ text, format: 'plain' }, ({ readings }) => {
      for (const { annotations } of readings)
        for (const one of annotations) found.set(`${one.start}-${one.end}`, one);
    });
    for (const { start, end, keys } of instances) {
      const { margin, cosine, sense } = found.get(`${start}-${end}`) ?? {};
      if (margin === undefined || cosine === undefined) continue;
      judged.push({ margin, cosine, right: keys.includes(sense!) });
    }
  }
  await reader.dispose();
  console.log(`${judged.length} tagged words with several senses, ${accuracy(judged)} % right.\n`);
  print('margin', NARROW_MARGIN, MARGINS, judged, ({ margin }) => margin);
  const clear = judged.filter(({ margin }) => margin >= NARROW_MARGIN);
  print('cosine, where the margin is not narrow', FAR_COSINE, COSINES, clear, ({ cosine }) => cosine);
  const sure = clear.filter(({ cosine }) => cosine >= FAR_COSINE);
  console.log(`Sure: ${percent(sure.length / judged.length)} %, ${accuracy(sure)} % right.`);
}

async function choosingHalf(): Promise<TaggedSentence[][]> {
  const chosen = await heldOutHalf(path.join(root, 'training', 'heldout.txt'), 'choose');
  const semcor = await readDocuments(path.join(data, 'semcor', 'semcor.jsonl.gz'));
  return semcor.filter((document) => chosen.has(document[0]!.doc));
}

function print(
  name: string,
  present: number,
  thresholds: readonly number[],
  judged: readonly Judged[],
  valueOf: (one: Judged) => number,
): void {
  console.log(`| below this ${name} (now ${present}) | share | right below | right above |`);
  console.log('| --: | --: | --: | --: |');
  for (const threshold of thresholds) {
    const below = judged.filter((one) => valueOf(one) < threshold);
    const above = judged.filter((one) => valueOf(one) >= threshold);
    const share = percent(below.length / judged.length);
    console.log(`| ${threshold} | ${share} % | ${accuracy(below)} % | ${accuracy(above)} % |`);
  }
  console.log();
}

function accuracy(judged: readonly Judged[]): string {
  return percent(judged.filter(({ right }) => right).length / judged.length);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

void main();
