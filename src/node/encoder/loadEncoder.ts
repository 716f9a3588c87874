import { readdir } from 'node:fs/promises';
import { createWordPieceTokenizer, type LayerRule } from '../../core';
import type { LoadedEmbedder } from './hubEncoder';
import { requireLayer } from '../../engine';
import { type LoadedEncoder, loadOnnxEncoder } from './onnxEncoder';

/**
 * Loads an encoder folder of either kind into this thread: our own (encoder.json, encoder.onnx, vocab.txt), or one as
 * the Hugging Face hub lays it out (config.json, tokenizer.json, onnx/model.onnx).
 * @param layer refused at once if the encoder cannot follow it
 * @param loadOwn how to load one of our own; it need not run in this thread
 * @throws UserError when the folder is not a whole encoder
 */
export async function loadEncoder(
  folder: string,
  layer?: LayerRule,
  loadOwn: (folder: string) => Promise<LoadedEncoder> = loadOnnxEncoder,
): Promise<LoadedEmbedder> {
  const loaded = (await isHubFolder(folder)) ? await loadFromHub(folder) : embedderOf(await loadOwn(folder));
  try {
    if (layer) requireLayer(loaded.encoder.info, layer);
  } catch (error) {
    await loaded.encoder.dispose();
    throw error;
  }
  return loaded;
}

async function loadFromHub(folder: string): Promise<LoadedEmbedder> {
  // Not before it is wanted: the encoder that ships starts without a second tokenizer.
  const { loadHubEncoder } = await import('./hubEncoder');
  return loadHubEncoder(folder);
}

function embedderOf({ encoder, vocabulary, licence }: LoadedEncoder): LoadedEmbedder {
  return { encoder, wordPieces: createWordPieceTokenizer(vocabulary), licence, trainingData: [] };
}

/** Is it laid out as on the hub? A folder that is neither is left to our own format, which says what is missing. */
async function isHubFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return (
    !names.includes('encoder.json') && (names.includes('tokenizer.json') || names.includes('config.json'))
  );
}
