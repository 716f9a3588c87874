import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Outputs of a tiny network, each the embedding of the piece times a factor. */
export type TinyOutputs = Readonly<Record<string, number>>;

export interface TinyEncoderOptions {
  readonly tokenizer: object;
  readonly vocabularySize: number;
  readonly outputs?: TinyOutputs;
  readonly inputs?: readonly string[];
  readonly config?: object;
  readonly tokenizerConfig?: object;
  readonly weights?: string;
}

export const TINY_DIMENSIONS = 8;

/** The embedding of a piece in the tiny network. */
export function tinyEmbedding(id: number): number[] {
  return Array.from({ length: TINY_DIMENSIONS }, (_, d) => Math.fround(Math.sin(id * (d + 1) + d)));
}

/** A whole encoder in the layout of the Hugging Face hub that takes no time and no space. */
export function writeTinyEncoder(folder: string, options: TinyEncoderOptions): void {
  const { weights = 'onnx/model.onnx', outputs = { last_hidden_state: 1 } } = options;
  const inputs = options.inputs ?? ['input_ids', 'attention_mask', 'token_type_ids'];
  mkdirSync(path.join(folder, path.dirname(weights)), { recursive: true });
  const json = (name: string, value: object): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  json('config.json', options.config ?? { model_type: 'bert', max_position_embeddings: 66 });
  json('tokenizer.json', options.tokenizer);
  json('tokenizer_config.json', options.tokenizerConfig ?? {});
  writeFileSync(path.join(folder, weights), tinyNetwork(options.vocabularySize, inputs, outputs));
}

/** An ONNX model: `Mul(Gather(embedding, input_ids), factor)` for each output. */
function tinyNetwork(vocabularySize: number, inputs: readonly string[], outputs: TinyOutputs): Buffer {
  const embedding = Array.from({ length: vocabularySize }, (_, id) => tinyEmbedding(id)).flat();
  const names = Object.keys(outputs);
  return message(
    number(1, 8), // IR version
    part(
      7,
      part(1, text(1, 'embedding'), text(1, 'input_ids'), text(2, 'embedded'), text(4, 'Gather')),
      ...names.map((name) =>
        part(1, text(1, 'embedded'), text(1, `factor ${name}`), text(2, name), text(4, 'Mul')),
      ),
      text(2, 'tiny'),
      tensor('embedding', [vocabularySize, TINY_DIMENSIONS], embedding),
      ...names.map((name) => tensor(`factor ${name}`, [1], [outputs[name]!])),
      ...inputs.map((name) => value(11, name, INT64, ['batch', 'length'])),
      ...names.map((name) => value(12, name, FLOAT, ['batch', 'length', TINY_DIMENSIONS])),
    ),
    part(8, number(2, 17)), // operator set
  );
}

// Protocol buffers, as far as onnx.proto needs them here.

const FLOAT = 1;
const INT64 = 7;

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.of(...bytes, value);
}

function number(field: number, value: number): Buffer {
  return message(varint(field * 8), varint(value));
}

function part(field: number, ...fields: readonly Buffer[]): Buffer {
  const bytes = message(...fields);
  return message(varint(field * 8 + 2), varint(bytes.length), bytes);
}

function text(field: number, value: string): Buffer {
  return part(field, Buffer.from(value));
}

function tensor(name: string, shape: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return part(5, ...shape.map((size) => number(1, size)), number(2, FLOAT), text(8, name), part(9, raw));
}

function value(field: number, name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const sizes = shape.map((size) => part(1, typeof size === 'string' ? text(2, size) : number(1, size)));
  return part(field, text(1, name), part(2, part(1, number(1, type), part(2, ...sizes))));
}
