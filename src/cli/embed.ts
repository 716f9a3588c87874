import {
  CancelledError,
  type DocumentFormat,
  embedWords,
  formatOf,
  openProse,
  sourceSpan,
  type Span,
  standardise,
  type VectorScale,
} from '../core';
import { createEnglish } from '../languages';
import { createNpyFile, decodeText, loadInventory, loadSenseIndex, readBytes } from '../node/files';
import { loadEncoder } from '../node/encoder';
import { UserError } from '../engine';
import { type ReadingOptions, settingsOf } from './options';
import { cancelOnInterrupt, createProgress, print, readStandardInput } from './terminal';

export interface EmbedOptions extends Omit<ReadingOptions, 'recipe'> {
  readonly format: 'jsonl' | 'npy';
  readonly vectors: VectorScale;
  readonly as?: DocumentFormat;
  readonly out?: string;
}

/** A word's vector and where it stands in the document. */
interface EmbeddedWord extends Span {
  readonly text: string;
  readonly vector: Float32Array;
}

/** `glossight embed FILE|-`: a vector for every word (a token with a letter), with its offsets. */
export async function embedCommand(file: string, options: EmbedOptions): Promise<void> {
  if (options.format === 'npy' && options.out === undefined) {
    throw new UserError(
      'A .npy file cannot be printed.',
      'Name it with --out; the offsets go beside it as .jsonl.',
    );
  }
  const bytes = file === '-' ? await readStandardInput() : await readBytes(file);
  const text = decodeText(bytes, file === '-' ? 'Standard input' : file);
  const progress = createProgress();
  const words = embedText(text, options.as ?? formatOf(file), options, (done, total) =>
    progress.show(`${file}: ${Math.round((100 * done) / total)} %`),
  );
  if (options.format === 'jsonl') {
    for await (const batch of words) {
      await print(
        batch
          .map(({ vector, ...word }) => `${JSON.stringify({ ...word, vector: Array.from(vector) })}\n`)
          .join(''),
      );
    }
  } else {
    const npy = createNpyFile(options.out!);
    try {
      for await (const batch of words) {
        for (const { vector, ...word } of batch) await npy.add(vector, word);
      }
    } catch (error) {
      await npy.discard();
      throw error;
    }
    await npy.finish();
  }
  progress.clear();
}

/** Words of a text with their vectors, a paragraph at a time. */
async function* embedText(
  text: string,
  format: DocumentFormat,
  options: EmbedOptions,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<readonly EmbeddedWord[]> {
  const settings = settingsOf({ ...options, recipe: 'default' });
  const { layer } = settings;
  const pack = await createEnglish();
  const inventory = await loadInventory(settings.wordnet, pack);
  const embedder = await loadEncoder(settings.encoder, layer);
  const standardisation =
    options.vectors === 'standardised'
      ? (await loadSenseIndex(settings.index, { encoder: embedder.encoder.info, layer, inventory }))
          .standardisation
      : undefined;
  const signal = cancelOnInterrupt();
  const { paragraphs } = openProse(text, format, { isWord: (word) => inventory.lemmas(word).length > 0 });
  for (const [i, paragraph] of paragraphs.entries()) {
    if (signal.aborted) throw new CancelledError();
    const sentences = pack.tagger.tag(paragraph.text);
    const words = sentences.flatMap(({ tokens }) => tokens).filter((word) => /\p{L}/u.test(word.text));
    const [vectors] = await embedWords([{ text: paragraph.text, sentences, words }], layer, embedder, signal);
    yield words.flatMap(({ start, end, text }, k): EmbeddedWord[] => {
      const raw = vectors![k];
      if (!raw) return [];
      const vector = standardisation ? standardise(raw, standardisation) : raw;
      return [{ ...sourceSpan(paragraph, start, end), text, vector }];
    });
    onProgress(i + 1, paragraphs.length);
  }
}
