import type { DocumentUses } from '../annotations/use';
import type { SenseInventory } from '../ports';
import type { ConsistencyRules } from './profiles';
import { sectionStarts } from './sections';
import { createUseCollector } from './uses';
import { type ConsistencyWarning, strongestWarnings, warningOf } from './warnings';

/** How a document is checked. */
export interface ConsistencyCheck {
  readonly inventory: SenseInventory;
  readonly rules: ConsistencyRules;
  /** Lemmas that are left out, in lower case, words joined by `_`. */
  readonly ignored: ReadonlySet<string>;
  /** Are uses compared within a document, or within a Markdown section of it? */
  readonly scope: 'document' | 'section';
}

/**
 * The consistency warnings of a document, in text order. Predicted senses stay as they are: making them agree costs accuracy
 * (docs/consistency.md). Yields often, so that a caller can pause.
 * @param uses of the text; if they change before the check is over, the caller has to drop its result
 */
export function* checkConsistency(
  text: string,
  uses: DocumentUses,
  { inventory, rules, ignored, scope }: ConsistencyCheck,
): Generator<undefined, ConsistencyWarning[]> {
  const sections: number[] = [];
  if (scope === 'section') {
    for (const start of sectionStarts(text)) {
      if (start !== undefined) sections.push(start);
      yield;
    }
  }
  const collector = createUseCollector(inventory, { partsOfSpeech: rules.partsOfSpeech, ignored, sections });
  for (const place of uses.places()) {
    collector.add(place);
    yield;
  }
  const warnings: ConsistencyWarning[] = [];
  for (const group of collector.groups(uses)) {
    yield;
    for (const warning of group ? warningOf(group, rules, inventory) : []) {
      if (warning) warnings.push(warning);
      yield;
    }
  }
  if (warnings.length === 0) return [];
  let words = 0;
  const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu;
  while (word.test(text)) {
    words++;
    yield;
  }
  return strongestWarnings(warnings, words, rules);
}
