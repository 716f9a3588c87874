/** Runs the network in one way, in a separate process to measure the way's peak memory. Arguments: BATCH THREADS REPETITIONS. */
import * as ort from 'onnxruntime-node';
import { createTagger } from '../../src/languages/english/tagger';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { packWindows, windowIds } from '../../src/core/vectors/windows';
import { readProse } from '../../src/core/prose/prose';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { openEncoderFolder } from '../../src/node/encoder/encoderFolder';
import type { Sample } from './measure';
import { timed } from './measure';
import { root } from './report';
import { countWords, sampleText } from './texts';

export interface BatchResult {
  readonly words: number;
  readonly text: string;
  readonly samples: readonly Sample[];
  /** Peak resident set of the process, in bytes. */
  readonly bytes: number;
}

async function main(batch: number, threads: number, repetitions: number): Promise<BatchResult> {
  const { weights, outputs, vocabulary } = await openEncoderFolder(dataPlaces(root).encoder);
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const tagger = createTagger();
  const { name, text } = sampleText(30_000);
  const windows = readProse(text, 'plain')
    .flatMap((paragraph) => {
      const pieces = wordPieces.split(paragraph.text);
      return packWindows(pieces, tagger.tag(paragraph.text), 128).map((window) =>
        windowIds(window, pieces, wordPieces),
      );
    })
    .sort((a, b) => a.length - b.length);
  const session = await ort.InferenceSession.create(weights, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const pass = async (): Promise<void> => {
    for (let start = 0; start < windows.length; start += batch) {
      await session.run(feeds(windows.slice(start, start + batch)), [outputs.mean4]);
    }
  };
  await pass();
  const samples: Sample[] = [];
  for (let i = 0; i < repetitions; i++) samples.push(await timed(pass));
  return { words: countWords(text), text: name, samples, bytes: process.resourceUsage().maxRSS * 1024 };
}

function feeds(windows: readonly Int32Array[]): Record<string, ort.Tensor> {
  const length = Math.max(...windows.map((window) => window.length));
  const ids = new BigInt64Array(windows.length * length);
  const mask = new BigInt64Array(windows.length * length);
  windows.forEach((window, row) =>
    window.forEach((id, i) => {
      ids[row * length + i] = BigInt(id);
      mask[row * length + i] = 1n;
    }),
  );
  const shape = [windows.length, length];
  return {
    input_ids: new ort.Tensor('int64', ids, shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
  };
}

const [batch, threads, repetitions] = process.argv.slice(2).map(Number);
void main(batch!, threads!, repetitions!).then((result) => console.log(JSON.stringify(result)));
