import path from 'node:path';
import type { Encoder, TaggedSentence } from '../../core';
import { type EvaluationOptions, heldOutHalf, readDocuments } from '../evaluation';
import { developmentFile } from '../scripts/developmentData';

const root = path.resolve(__dirname, '..', '..', '..');

/** Documents that are scored together, and the order of senses that decides ties and lemmas without tagged uses. */
export interface TestSet {
  readonly name: string;
  readonly half: 'choosing' | 'reporting' | undefined;
  readonly documents: readonly (readonly TaggedSentence[])[];
  readonly order: EvaluationOptions['order'];
}

/** SemEval-2007, and both halves of the held-out documents by corpus. @throws UserError without the development corpora */
export async function testSets(): Promise<TestSet[]> {
  const corpora = {
    SemCor: developmentFile('semcor', 'semcor.jsonl.gz'),
    MASC: developmentFile('extra', 'masc.jsonl.gz'),
  };
  const semeval = await readDocuments(
    developmentFile('dev', 'semeval2007.data.xml'),
    developmentFile('dev', 'semeval2007.gold.key.txt'),
  );
  const sets: TestSet[] = [{ name: 'SemEval-2007', half: undefined, documents: semeval, order: 'wordnet' }];
  const list = path.join(root, 'training', 'heldout.txt');
  const halves: readonly { half: TestSet['half']; ids: ReadonlySet<string> }[] = [
    { half: 'choosing', ids: await heldOutHalf(list, 'choose') },
    { half: 'reporting', ids: await heldOutHalf(list, 'report') },
  ];
  const documents = {
    SemCor: await readDocuments(corpora.SemCor),
    MASC: await readDocuments(corpora.MASC),
  };
  for (const { half, ids } of halves) {
    for (const corpus of ['SemCor', 'MASC'] as const) {
      const inHalf = documents[corpus].filter(([sentence]) => ids.has(sentence!.doc));
      sets.push({ name: `${corpus}, ${half} half`, half, documents: inHalf, order: 'uses' });
    }
  }
  return sets;
}

/** Is it SemEval-2007 or of the choosing half? All values are fitted on these. */
export function isChosenOn({ half }: TestSet): boolean {
  return half !== 'reporting';
}

/** An encoder that keeps the vectors of all windows, which depend on nothing but the window. */
export function rememberWindows(encoder: Encoder): Encoder {
  const known = new Map<string, Float32Array>();
  return {
    info: encoder.info,
    async encode(windows, layer, signal) {
      const names = windows.map((window) => `${layer} ${window.join(' ')}`);
      const missing = windows.filter((_, i) => !known.has(names[i]!));
      const fresh = await encoder.encode(missing, layer, signal);
      missing.forEach((window, i) => known.set(`${layer} ${window.join(' ')}`, fresh[i]!));
      return names.map((name) => known.get(name)!);
    },
    dispose: () => encoder.dispose(),
  };
}
