'use strict';
const { reporters } = require('mocha');
const { reportCounts } = require('../../scripts/dev/test-counts.cjs');

/** Mocha's spec report, and the counts for a machine to read. */
module.exports = class extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    reportCounts({ passed: passes, failed: failures, skipped: pending });
  }
};
