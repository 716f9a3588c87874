import path from 'node:path';
import { createForkedEngine } from '../../src/node/process/forkedEngine';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { count, timed } from '../support/measure';
import { watchMemory } from '../support/memory';
import { type Report, root } from '../support/report';
import { countWords, mobyDick } from '../support/texts';

/** Reads a whole novel in the encoder process, as the editor does. */
export async function readingPart(): Promise<Report[]> {
  const { name, text } = mobyDick();
  const places = dataPlaces(root);
  const engine = createForkedEngine({
    entry: path.join(root, 'dist', 'encoder-process.js'),
    settings: { ...places, index: places.index('default'), layer: 'mean4', recipe: 'default', threads: 2 },
    logger: { trace: quiet, info: quiet, warn: console.error, error: console.error },
  });
  let annotations = 0;
  let shown = 0;
  const memory = watchMemory(() => engine.pid);
  // The time includes starting the process, as a reader waits for that too.
  const { seconds } = await timed(() =>
    engine.read({ text, format: 'plain' }, ({ done, total, readings }) => {
      for (const reading of readings) annotations += reading.annotations.length;
      if (done / total >= shown + 0.1)
        console.error(`${name}: ${Math.round(100 * (shown = done / total))} %`);
    }),
  );
  const bytes = memory.stop();
  await engine.dispose();
  const words = countWords(text);
  return [
    {
      name: 'reading',
      document: 'encoder.md',
      header: ['', 'words', 'annotations', 'seconds', 'words a second', 'peak MB'],
      rows: [
        [
          name,
          count(words),
          count(annotations),
          count(seconds),
          count(words / seconds),
          bytes === undefined ? '–' : count(bytes / 1e6),
        ],
      ],
      note:
        'One reading, start of the process included. Memory is the proportional set size of the encoder ' +
        'process, where the system tells it.',
    },
  ];
}

function quiet(): void {
  // Progress is shown from the readings.
}
