/**
 * log (a unit / words apart) of a verb and a word that is particle and preposition, before what may be an object, and of a verb with
 * article and noun. Counted on SemCor without the held-out documents by scripts/release/fit-unit-weights.ts, which writes this table.
 */
export const PARTICLE_LOG_ODDS: Readonly<Record<string, number>> = {
  about: 1.8,
  across: 0.3,
  after: 0.6,
  along: 0.7,
  around: -0.6,
  at: -0.9,
  behind: -0.5,
  by: 0.2,
  down: 0.6,
  for: 0.2,
  from: 0.1,
  in: -0.8,
  into: 0.4,
  of: 1.7,
  off: 1.5,
  on: 0.4,
  out: 2.4,
  over: 0.7,
  past: 0.7,
  through: 0.4,
  to: -0.9,
  under: -1.1,
  up: 2.4,
  with: -0.0,
};
export const IDIOM_LOG_ODDS = 0.1;
