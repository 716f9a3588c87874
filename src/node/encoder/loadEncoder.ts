import { readdir } from 'node:fs/promises';
import { createWordPieceTokenizer, type LayerRule } from '../../core';
import type { LoadedEmbedder } from './hubEncoder';
import { requireLayer } from '../../engine';
import { type LoadedEncoder, loadOnnxEncoder } from './onnxEncoder';

/**
 * Loads an encoder folder of either layout: Glossight's (encoder.json, encoder.onnx, vocab.txt), or that of the Hugging Face hub
 * (config.json, tokenizer.json, onnx/model.onnx), which is loaded into this thread.
 * @param layer a layer rule that the encoder must be able to follow
 * @param loadOwn loads a folder of Glossight's layout, into this thread or others
 * @throws UserError when a file is missing or damaged, or the encoder cannot follow the layer rule
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
  // Imported late, so that the encoder that ships starts without the tokenizers library.
  const { loadHubEncoder } = await import('./hubEncoder');
  return loadHubEncoder(folder);
}

function embedderOf({ encoder, vocabulary, licence }: LoadedEncoder): LoadedEmbedder {
  return { encoder, wordPieces: createWordPieceTokenizer(vocabulary), licence, trainingData: [] };
}

/** Has the folder the hub's layout? If it has neither, it is opened as Glossight's, and the error says what is missing. */
async function isHubFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return (
    !names.includes('encoder.json') && (names.includes('tokenizer.json') || names.includes('config.json'))
  );
}
