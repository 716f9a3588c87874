import path from 'node:path';
import { loadEncoder } from '../node/encoder';
import { downloadEncoder, parseHubName, planDownload } from '../node/hub';
import { UserError } from '../engine';
import { cancelOnInterrupt, createProgress, print } from './terminal';

export interface EncoderDownloadOptions {
  readonly hub: string;
  /** Folder to make; by default a folder in the working folder with the name of the model. */
  readonly out?: string;
}

/** `glossight encoder download NAME`: downloads an encoder from the hub into a folder. */
export async function encoderDownloadCommand(name: string, options: EncoderDownloadOptions): Promise<void> {
  const model = parseHubName(name);
  if (!model) {
    throw new UserError(
      `"${name}" is no name of a model.`,
      'Name it as owner/model or owner/model@revision.',
    );
  }
  const signal = cancelOnInterrupt();
  const progress = createProgress();
  try {
    const plan = await planDownload(options.hub, model, signal);
    const out = options.out ?? path.basename(model.name);
    const total = megabytes(plan.bytes);
    await print(
      `${plan.name} (${plan.weights}, licence ${plan.licence ?? 'unknown'}): ${total} MB into ${out}\n`,
    );
    const show = (bytes: number): void => progress.show(`${megabytes(bytes)} of ${total} MB (Ctrl-C stops)`);
    await downloadEncoder(plan, out, show, signal);
    await print(
      `It is whole. Build its sense vectors with: glossight index build --encoder ${out} --out FILE\n`,
    );
  } finally {
    progress.clear();
  }
}

/** `glossight encoder info FOLDER`: describes an encoder, and says whether it can be used. */
export async function encoderInfoCommand(
  folder: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { encoder, licence, trainingData } = await loadEncoder(folder);
  const { id, name, dimensions, maxPieces, layers } = encoder.info;
  await encoder.dispose();
  const described = { id, name, dimensions, maxPieces, layers, licence, trainingData };
  if (json) return print(`${JSON.stringify(described, null, 2)}\n`);
  await print(
    [
      `Encoder     ${id}`,
      `Vectors     ${dimensions} dimensions, windows of at most ${maxPieces} pieces`,
      `Layer rules ${layers.join(', ')}`,
      `Licence     ${licence ?? 'unknown'}`,
      ...(trainingData.length > 0 ? [`Trained on  ${trainingData.join(', ')}`] : []),
      '',
    ].join('\n'),
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
