/** Entry point of the encoder process: messages in, readings out. It ends at the message `stop`, or when its parent goes. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { serve } from '../../engine';
import type { FromEncoder, ToEncoder } from '../../protocol/encoder';
import { createThreadedEncoder, loadEncoder } from '../encoder';
import { parentProcessPort } from '../ports';
import { graphInThread } from './graphInThread';
import { openEngine } from './openEngine';
import type { EncoderProcessSettings } from './settings';

/** How long the threads may take to end: exiting while one is inside onnxruntime would abort the process. */
const STOP_MS = 1_000;

/**
 * Keeps the heap small, which by default grows far beyond what is in use. Set after the start, which it would make half as long
 * again.
 */
const FRUGAL = '--heap-growing-percent=10';

// Ctrl-C in a terminal reaches this process too, but only the parent decides whether it stops.
process.on('SIGINT', () => undefined);

serve(parentProcessPort<ToEncoder<EncoderProcessSettings>, FromEncoder>(), {
  async openEngine(settings, logger) {
    const engine = await openEngine(settings, logger, {
      openEncoder: (folder, layer) =>
        loadEncoder(folder, layer, (encoderFolder) =>
          createThreadedEncoder(encoderFolder, {
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
