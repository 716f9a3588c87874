import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BatchResult } from '../support/batchChild';
import { count, RATE_HEADER, rateCells } from '../support/measure';
import { type Report, root } from '../support/report';

const WAYS = [
  { batch: 1, threads: 1 },
  { batch: 4, threads: 1 },
  { batch: 8, threads: 1 },
  { batch: 16, threads: 1 },
  { batch: 32, threads: 1 },
  { batch: 8, threads: 2 },
] as const;
/** Each way runs once in each round, and encodes the text REPETITIONS times in a run. */
const ROUNDS = 2;
const REPETITIONS = 3;

/** Speed and peak memory by windows per call and by threads. */
export async function batchesPart(): Promise<Report[]> {
  const results = WAYS.map((): BatchResult[] => []);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [i, { batch, threads }] of WAYS.entries()) {
      console.error(`batches of ${batch}, threads ${threads}: ${round} of ${ROUNDS}`);
      results[i]!.push(await runOnce(batch, threads));
    }
  }
  const { words, text } = results[0]![0]!;
  const rows = WAYS.map(({ batch, threads }, i) => {
    const samples = results[i]!.flatMap((result) => result.samples);
    const megabytes = Math.max(...results[i]!.map(({ bytes }) => bytes)) / 1e6;
    return [`${batch}`, `${threads}`, ...rateCells(words, samples), count(megabytes)];
  });
  return [
    {
      name: 'batches',
      document: 'encoder.md',
      header: ['Windows a call', 'Threads', ...RATE_HEADER.map((header) => `words ${header}`), 'peak MB'],
      rows,
      note:
        `Text: ${text}, ${count(words)} words; windows sorted by length; each row in a process of its own, ` +
        `${ROUNDS * REPETITIONS} repetitions. Memory is the whole process.`,
    },
  ];
}

async function runOnce(batch: number, threads: number): Promise<BatchResult> {
  const child = path.join(root, 'bench', 'support', 'batchChild.ts');
  const numbers = [batch, threads, REPETITIONS].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, ...numbers], {
    cwd: root,
  });
  return JSON.parse(stdout) as BatchResult;
}
