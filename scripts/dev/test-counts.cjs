'use strict';
// How the parts of `npm test` tell how many tests they ran: one line of JSON each, in a file that it names.
// CommonJS, as mocha loads its reporter with `require`.
const { appendFileSync, readFileSync } = require('node:fs');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {Counts} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Tells the counts to `npm test`, or to the reader when a part runs alone.
 * @param {Counts} counts
 */
function reportCounts(counts) {
  const file = process.env.GLOSSIGHT_TEST_COUNTS;
  if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
  else console.log(summary(counts));
}

/**
 * @param {string} file
 * @returns {Counts[]}
 */
function readCounts(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

module.exports = { summary, reportCounts, readCounts };
