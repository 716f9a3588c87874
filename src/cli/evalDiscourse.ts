import { type ConsistencyProfile, profileRules } from '../core';
import { type DiscourseScores, scoreDiscourse } from '../research';
import { readDiscourse } from '../research';
import { type EvalOptions, withEvaluation } from './evalSetup';
import { print } from './terminal';

/** `glossight eval --task discourse`: how often a consistency warning is right, and how many varying words get one. */
export async function evalDiscourse(
  options: EvalOptions & { readonly profile: ConsistencyProfile },
): Promise<void> {
  const scores = await withEvaluation(options, async (documents, evaluation) =>
    scoreDiscourse(
      await readDiscourse(documents, evaluation),
      profileRules(options.profile, evaluation.fitted.consistency),
      evaluation.inventory,
    ),
  );
  await print(options.json ? `${JSON.stringify(scores)}\n` : scoresText(scores));
}

function scoresText(scores: DiscourseScores): string {
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
