import { type ConsistencyProfile, profileRules } from '../core';
import { type ConsistencyScores, scoreConsistency } from '../research';
import { readScoredDocuments } from '../research';
import { type EvalOptions, withEvaluation } from './evalSetup';
import { print } from './terminal';

/** `glossight eval --task discourse`: how often consistency warnings are right, and how many varying words get one. */
export async function evalDiscourse(
  options: EvalOptions & { readonly profile: ConsistencyProfile },
): Promise<void> {
  const scores = await withEvaluation(options, async (documents, evaluation) =>
    scoreConsistency(
      await readScoredDocuments(documents, evaluation),
      profileRules(options.profile, evaluation.fitted.consistency),
      evaluation.inventory,
    ),
  );
  await print(options.json ? `${JSON.stringify(scores)}\n` : scoresText(scores));
}

function scoresText(scores: ConsistencyScores): string {
  const show = (value: number | null, interval: readonly [low: number, high: number] | null): string => {
    if (value === null) return '–';
    return interval ? `${value} (95 % of resamples: ${interval[0]} to ${interval[1]})` : `${value}`;
  };
  const { precision, recall, warnings, groups, repeated, perThousandWords } = scores;
  return [
    `precision  ${show(precision, scores.precisionInterval)}`,
    `recall     ${show(recall, scores.recallInterval)}`,
    `${warnings} warnings, ${perThousandWords ?? 0} in 1,000 words; ${groups} of ${repeated} repeated words vary`,
    '',
  ].join('\n');
}
