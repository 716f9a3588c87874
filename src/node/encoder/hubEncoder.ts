import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  addInto,
  CancelledError,
  type Embedder,
  type Encoder,
  type EncoderInfo,
  LAYER_RULES,
  type LayerRule,
  type WordPieceTokenizer,
} from '../../core';
import { SESSION_OPTIONS } from './encoderSession';
import { type HubFolder, openHubFolder } from '../hub';
import { createHubTokenizer } from '../../engine';
import { refuseLayer } from '../../engine';
import { UserError } from '../../engine';

/** The encoder and tokenizer of an encoder folder, ready to use. */
export interface LoadedEmbedder extends Embedder {
  /** Licence of the weights; `undefined` if the folder names none. */
  readonly licence: string | undefined;
  /** Data sets the weights were trained on, where known. */
  readonly trainingData: readonly string[];
}

/** Longest window in pieces: the gain of more context is not worth its time. */
const MOST_PIECES = 128;
/** Shortest usable window: [CLS], [SEP] and a few pieces that can overlap by half. */
const LEAST_PIECES = 8;

/**
 * Loads an encoder in the layout of the Hugging Face hub into this thread. Each window is encoded in a separate call: the hub's
 * quantised networks use one scale for a whole batch, so that a window's vectors would depend on the other windows in it.
 * @throws UserError when a file is missing or damaged, or the encoder is of a kind that gives no vector for each piece
 */
export async function loadHubEncoder(folder: string): Promise<LoadedEmbedder> {
  const hub = await openHubFolder(folder);
  const refuse = (reason: string): UserError =>
    new UserError(
      `The encoder in ${folder} cannot be used: ${reason}.`,
      'Choose a text encoder such as BERT, RoBERTa or MPNet, with tokenizer.json and ONNX weights.',
    );
  let wordPieces: WordPieceTokenizer;
  try {
    wordPieces = await createHubTokenizer(hub.tokenizer, hub.tokenizerConfig);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const maxPieces = longestWindow(hub);
  if (maxPieces < LEAST_PIECES) throw refuse(`its windows hold ${maxPieces} pieces only`);
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(hub.weights, SESSION_OPTIONS);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const outputs = outputsOf(session.outputNames);
  const layers = LAYER_RULES.filter((rule) => outputs[rule]);
  if (layers.length === 0) throw refuse('its network gives no hidden states (last_hidden_state, say)');

  function feeds(window: Int32Array): Record<string, Tensor> {
    const row = (values: (_: unknown, i: number) => bigint): Tensor =>
      new ort.Tensor('int64', BigInt64Array.from(window, values), [1, window.length]);
    const given: Readonly<Record<string, () => Tensor>> = {
      input_ids: () => row((id) => BigInt(id as number)),
      attention_mask: () => row(() => 1n),
      token_type_ids: () => row(() => 0n),
      position_ids: () => row((_, i) => BigInt(i)),
    };
    return Object.fromEntries(
      session.inputNames.map((name) => {
        const input = given[name];
        if (!input) throw refuse(`its network wants an input "${name}"`);
        return [name, input()];
      }),
    );
  }

  /** Encodes a window: pieces x dimensions, the mean over several outputs. */
  async function run(window: Int32Array, names: readonly string[]): Promise<Float32Array> {
    // One output per call, as this version may swap the names of several (microsoft/onnxruntime #26865).
    const sum: Float32Array[] = [];
    for (const name of names) {
      const [output] = Object.values(await session.run(feeds(window), [name]));
      if (
        !(output?.data instanceof Float32Array) ||
        output.dims.length !== 3 ||
        output.dims[1] !== window.length
      )
        throw refuse(`its output "${name}" is not one float32 vector for each piece`);
      if (sum[0]) addInto(sum[0], output.data);
      else sum.push(output.data);
    }
    return names.length === 1 ? sum[0]! : sum[0]!.map((value) => value / names.length);
  }

  // A trial shows whether the network accepts these inputs, and how many dimensions its vectors have.
  const trial = Int32Array.of(wordPieces.cls, wordPieces.sep);
  let dimensions: number;
  try {
    dimensions = (await run(trial, outputs[layers[0]!]!)).length / trial.length;
  } catch (error) {
    await session.release();
    throw error instanceof UserError ? error : refuse((error as Error).message);
  }

  const info: EncoderInfo = { id: hub.id, name: hub.name, dimensions, maxPieces, layers };
  const encoder: Encoder = {
    info,
    async encode(windows, layer, signal) {
      const names = outputs[layer];
      if (!names) throw refuseLayer(info, layer);
      const matrices: Float32Array[] = [];
      for (const window of windows) {
        if (signal?.aborted) throw new CancelledError();
        matrices.push(await run(window, names));
        // Calls block the thread; between two of them messages are handled, such as a cancellation.
        await nextTurn();
      }
      return matrices;
    },
    dispose: () => session.release(),
  };
  return { encoder, wordPieces, licence: hub.licence, trainingData: hub.trainingData };
}

/** For each layer rule that the network can follow, the names of the outputs whose mean it is. */
function outputsOf(names: readonly string[]): Partial<Record<LayerRule, readonly string[]>> {
  const hidden = names
    .map((name) => ({ name, layer: Number(/^hidden_states\.(\d+)$/.exec(name)?.[1] ?? -1) }))
    .filter(({ layer }) => layer >= 0)
    .sort((a, b) => a.layer - b.layer)
    .map(({ name }) => name);
  const named = (...choices: readonly string[]): readonly string[] | undefined => {
    const name = choices.find((choice) => names.includes(choice));
    return name === undefined ? undefined : [name];
  };
  const last =
    named('last', 'last_hidden_state', 'token_embeddings') ??
    (hidden.length > 0 ? hidden.slice(-1) : undefined);
  // The first hidden state is the embedding and no layer, so there must be more than four.
  const mean4 = named('mean4') ?? (hidden.length > 4 ? hidden.slice(-4) : undefined);
  const fixed = named('static');
  return { ...(last && { last }), ...(mean4 && { mean4 }), ...(fixed && { static: fixed }) };
}

/** Length of the longest window in pieces. Two positions are left free, as RoBERTa's positions begin at 2. */
function longestWindow({ config, tokenizerConfig }: HubFolder): number {
  const positions = config['max_position_embeddings'];
  const longest = tokenizerConfig['model_max_length'];
  return Math.min(
    MOST_PIECES,
    typeof positions === 'number' && positions > 0 ? positions - 2 : Infinity,
    typeof longest === 'number' && longest > 0 ? longest : Infinity,
  );
}
