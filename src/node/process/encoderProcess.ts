/** Entry of the forked process: messages in, readings out. It ends when told to, or when its parent goes. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { serve } from '../../engine';
import type { FromEncoder, ToEncoder } from '../../protocol/encoder';
import { createThreadedEncoder, loadEncoder } from '../encoder';
import { parentProcessPort } from '../ports';
import { graphInThread } from './graphInThread';
import { openEngine } from './openEngine';
import type { EncoderProcessSettings } from './settings';

/** How long the threads may take to end by themselves: to exit while one is inside onnxruntime would abort the process. */
const STOP_MS = 1_000;

/**
 * Left to itself the heap grows far beyond what is in use. Not before the start is over, which would take half as long again
 * with it.
 */
const FRUGAL = '--heap-growing-percent=10';

// Ctrl-C in a terminal reaches this process too; whether to stop is for the parent to say.
process.on('SIGINT', () => undefined);

serve(parentProcessPort<ToEncoder<EncoderProcessSettings>, FromEncoder>(), {
  async openEngine(settings, logger) {
    const engine = await openEngine(settings, logger, {
      openEncoder: (folder, layer) =>
        loadEncoder(folder, layer, (own) =>
          createThreadedEncoder(own, {
            threads: settings.threads,
            entry: path.join(__dirname, 'encoder-thread.js'),
          }),
        ),
      drawGraph: graphInThread(path.join(__dirname, 'graph-thread.js')),
    });
    setFlagsFromString(FRUGAL);
    return engine;
  },
  onStopping: () => void setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS),
});
