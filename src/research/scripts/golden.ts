/**
 * Scores the golden page: the words of examples/manuscript.md that were marked by hand. Prints each miss, and
 * with --write puts the score into README.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import type { Annotation } from '../../core/annotations/annotation';
import { RECIPE_NAMES, type RecipeName } from '../../core/senses/recipes';
import { silentLogger } from '../../core/util/logger';
import { openEngine } from '../../node/process/openEngine';
import { ENGLISH } from '../../languages';
import { dataPlaces, loadInventory } from '../../node/files/dataFiles';
import { writeBetweenMarkers } from './markers';

const root = path.resolve(__dirname, '..', '..', '..');
const page = path.join('examples', 'manuscript.md');

interface GoldenWord {
  readonly text: string;
  /** Offset in the source. */
  readonly start: number;
  readonly keys: readonly string[];
}

async function main(): Promise<void> {
  const source = readFileSync(path.join(root, page), 'utf8');
  const words = goldenWords(source);
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const polysemous = words.filter(({ keys }) => {
    const sense = inventory.describe(inventory.find(keys[0]!)!);
    return inventory.senses(sense.lemma.toLowerCase(), sense.partOfSpeech).length > 1;
  });
  const lines: string[] = [];
  for (const recipe of RECIPE_NAMES) {
    const annotations = await annotationsOf(source, recipe);
    const answers = new Map([...annotations].map(([start, { sense }]) => [start, inventory.key(sense)]));
    const right = polysemous.filter(({ start, keys }) => keys.includes(answers.get(start) ?? ''));
    const answered = polysemous.filter(({ start }) => answers.has(start));
    const percent = ((100 * right.length) / polysemous.length).toFixed(1);
    lines.push(`| ${recipe} | ${polysemous.length} | ${answered.length} | ${right.length} | ${percent} % |`);
    if (recipe !== 'default') continue;
    for (const word of polysemous.filter((one) => !right.includes(one))) {
      console.log(`${word.text}: ${answers.get(word.start) ?? '–'}, marked ${word.keys.join(' or ')}`);
    }
  }
  const table = [
    '| Recipe | Marked | Answered | Right | Share |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
  console.log(table);
  if (process.argv.includes('--write'))
    writeBetweenMarkers(
      path.join(root, 'README.md'),
      'golden',
      await format(table, { parser: 'markdown' }),
      'model',
    );
}

async function annotationsOf(source: string, recipe: RecipeName): Promise<Map<number, Annotation>> {
  const places = dataPlaces(root);
  const engine = await openEngine(
    { ...places, index: places.index(recipe), layer: 'mean4', recipe, threads: 1 },
    silentLogger,
  );
  const found = new Map<number, Annotation>();
  await engine.read({ text: source, format: 'markdown' }, ({ readings }) => {
    for (const { annotations } of readings) for (const one of annotations) found.set(one.start, one);
  });
  await engine.dispose();
  return found;
}

/** Lines of `word TAB occurrence TAB key [key]`; the n-th whole word of that form, Markdown marks inside allowed. */
function goldenWords(source: string): GoldenWord[] {
  const lines = readFileSync(path.join(root, 'test', 'fixtures', 'golden', 'manuscript.tsv'), 'utf8').split(
    '\n',
  );
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [text, occurrence, keys] = line.split('\t') as [string, string, string];
      const form = [...text]
        .map((character) => character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('\\*?');
      const places = [...source.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{L}\\p{N}])`, 'gu'))];
      const place = places[Number(occurrence) - 1];
      if (!place) throw new Error(`${page} has no "${text}" number ${occurrence}.`);
      return { text, start: place.index, keys: keys.split(' ') };
    });
}

void main();
