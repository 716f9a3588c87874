/**
 * A parent to be killed: forks a reader, keeps it reading and prints its process id.
 * Run with the entry of the encoder process and its settings, as JSON, as arguments.
 */
import { createForkedReader } from '../../src/runtime';
import type { EncoderProcessSettings } from '../../src/protocol/encoder';

const [entry, settings] = process.argv.slice(2);
const ignore = (): void => undefined;
const reader = createForkedReader({
  entry: entry!,
  settings: JSON.parse(settings!) as EncoderProcessSettings,
  logger: { trace: ignore, info: ignore, warn: ignore, error: ignore },
});
const text = 'The bank of the river was steep, and the current ran fast.\n\n'.repeat(4000);
void reader.read({ text, format: 'plain' }, () => process.stdout.write(`${String(reader.pid)}\n`));
