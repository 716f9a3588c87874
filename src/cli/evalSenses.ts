import { score, type Scores } from '../research';
import { evaluate } from '../research';
import { type EvalOptions, withEvaluation } from './evalSetup';
import { print } from './terminal';

/** `glossight eval`: how often the predicted sense is a gold sense, and how many words are read per second, without loading. */
export async function evalSenses(options: EvalOptions): Promise<void> {
  const scores = await withEvaluation(options, async (documents, evaluation) => {
    const start = performance.now();
    const { outcomes, words } = await evaluate(documents, evaluation);
    const seconds = (performance.now() - start) / 1000;
    return { ...score(outcomes), wordsPerSecond: Math.round(words / seconds) };
  });
  await print(options.json ? `${JSON.stringify(scores)}\n` : scoresText(scores));
}

function scoresText({
  f1,
  polysemous,
  unseen,
  instances,
  answered,
  wordsPerSecond,
}: Scores & { wordsPerSecond: number }): string {
  const show = (value: number | null): string => (value === null ? '–' : value.toFixed(1)).padStart(6);
  return [
    `F1          all ${show(f1.all)}   noun ${show(f1.noun)}   verb ${show(f1.verb)}   adj ${show(f1.adj)}   adv ${show(f1.adv)}`,
    `polysemous      ${show(polysemous)}   unseen ${show(unseen)}`,
    `${answered} of ${instances} instances answered, ${wordsPerSecond} words a second`,
    '',
  ].join('\n');
}
