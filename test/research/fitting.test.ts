import assert from 'node:assert/strict';
import {
  AGREEMENTS,
  chooseThresholds,
  type GridCell,
  OVERLAPS,
} from '../../src/research/fitting/consistency';
import { chooseSetting, type Effect, type Group, settingsWith } from '../../src/research/fitting/learning';
import { differences } from '../../src/research/fitting/fitValues';
import { fitted } from '../support/artifacts';

describe('the bounds of consistency warnings', () => {
  const cell = (
    maximumAgreement: number,
    maximumOverlap: number,
    precision: number,
    recall: number,
  ): GridCell => ({ maximumAgreement, maximumOverlap, precision, recall }) as GridCell;
  const present = fitted.default.consistency;

  it('are those of the greatest precision that find enough, for fiction two steps stricter', () => {
    const grid = [cell(0.14, 0.05, 90, 14.9), cell(0.16, 0.06, 80, 15), cell(0.2, 0.08, 70, 30)];
    assert.deepEqual(chooseThresholds(grid, present), {
      default: { maximumAgreement: 0.16, maximumOverlap: 0.06 },
      fiction: { maximumAgreement: 0.12, maximumOverlap: 0.05 },
    });
  });

  it('are for fiction no stricter than what was tried', () => {
    const { fiction } = chooseThresholds([cell(AGREEMENTS[0]!, OVERLAPS[1]!, 80, 20)], present);
    assert.deepEqual(fiction, { maximumAgreement: AGREEMENTS[0], maximumOverlap: OVERLAPS[0] });
  });

  it('stay where none finds enough', () => {
    assert.equal(chooseThresholds([cell(0.1, 0.04, 90, 3)], present), present);
  });
});

describe('how corrections spread', () => {
  const effect = (gain: number): Effect => ({ instances: 100, before: 50, after: 50 + gain });
  const effects = (rest: number, others: number): readonly Readonly<Record<Group, Effect>>[] => [
    {
      rest: effect(rest),
      others: effect(others),
      othersElsewhere: effect(0),
      sameElsewhere: effect(0),
    },
  ];
  const present = { likeness: 0.7, push: 0.3 };

  it('is the setting that gains most of those that cost the other senses little', () => {
    const [a, b, c] = settingsWith(present);
    const tried = [
      { setting: a!, effects: effects(9, -1) },
      { setting: b!, effects: effects(2, -0.5) },
      { setting: c!, effects: effects(3, 0) },
    ];
    assert.equal(chooseSetting(tried, present), c);
    assert.equal(chooseSetting(tried.slice(0, 1), present), present);
  });

  it('tries the present setting too', () => {
    assert.deepEqual(settingsWith(present).at(-1), present);
    const known = settingsWith(present)[0]!;
    assert.equal(settingsWith(known).length, settingsWith(present).length - 1);
  });
});

describe('what fitting says', () => {
  it('is a line for each number, whether it would change or not', () => {
    const { recipe } = fitted.default;
    const now = { ...fitted.default, nameCosine: 0.25, recipe: { ...recipe, sharpness: 3 } };
    const lines = differences(now, { ...now, recipe: { ...recipe, sharpness: 4 } });
    assert.ok(lines.includes('recipe.sharpness: now 3, would be 4'));
    assert.ok(lines.includes('nameCosine: now 0.25, would stay'));
    assert.ok(lines.some((line) => line.startsWith('consistency.fiction.maximumOverlap: now ')));
    assert.ok(lines.some((line) => line.startsWith('learning.useToSense.slope: now ')));
  });
});
