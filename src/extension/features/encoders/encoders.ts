import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, type FittedValues, type LayerRule, type RecipeName } from '../../../core';
import { type DataPlaces, loadFitted, loadIndexManifest, loadManifest } from '../../../node/files';
import type { DescribedEncoder, IndexBuildStep } from '../../../protocol/indexBuild';
import { parseHubName } from '../../../node/hub';
import { runIndexProcess } from '../../../node/index-build';
import { UserError } from '../../../engine';
import type { Settings } from '../../services/contributions';
import { type OnShare, withProgress } from '../../services/progress';
import { changeSetting, layerRule, setting } from '../../services/settings';

/** What an encoder process is started with. */
export interface EncoderPlaces {
  readonly manifest: string;
  readonly encoder: string;
  readonly index: string;
  readonly layer: LayerRule;
  readonly recipe: RecipeName;
}

export interface EncodersOptions {
  /** What ships. */
  readonly places: DataPlaces;
  /** Of the present WordNet. */
  readonly wordnetId: string;
  /** Where downloaded encoders and built sense vectors are kept. */
  readonly storage: string;
  /** The bundle of `indexProcess.ts`. */
  readonly indexProcess: string;
}

/** Corpus and glosses take a build about this share each. */
const CORPUS_SHARE = 0.5;

/** The encoders that can be chosen, and the sense vectors that go with them. */
export class Encoders implements vscode.Disposable {
  readonly #options: EncodersOptions;
  readonly #builds = new Map<string, { readonly done: Promise<void>; readonly abort: AbortController }>();
  #changing: Promise<unknown> = Promise.resolve();
  /** The settings that an engine was last started with; before the first, those that the window began with. */
  #last = encoderSettings();
  #fitted: FittedValues;

  constructor(options: EncodersOptions) {
    this.#options = options;
    this.#fitted = loadManifest(options.places.manifest).fitted.default;
  }

  /** The values that go with the sense vectors last resolved. */
  get fitted(): FittedValues {
    return this.#fitted;
  }

  /**
   * Encoder and sense vectors as the settings have them; sense vectors that are missing are built first, with progress.
   * Downloads nothing.
   * @param onBuilding hears the share done of sense vectors that are built
   * @throws UserError
   */
  async resolve(onBuilding: OnShare): Promise<EncoderPlaces> {
    await this.#changing;
    const settings = encoderSettings();
    const encoder = this.folder(settings.source);
    const layer = layerRule();
    const recipe = setting('recipe');
    const index = await this.index(encoder, layer, recipe, onBuilding);
    const { manifest } = this.#options.places;
    this.#fitted = await loadFitted(manifest, recipe, index);
    this.#last = settings;
    return { manifest, encoder, index, layer, recipe };
  }

  /** Sets encoder and layer rule back to those last read with; `undefined` where the settings have them. */
  wayBack(): (() => Promise<void>) | undefined {
    const [{ source, rule }, now] = [this.#last, encoderSettings()];
    if (source === now.source && rule === now.rule) return undefined;
    return () =>
      this.change(async () => {
        if (source !== now.source) await changeSetting('encoder.source', source);
        if (rule !== now.rule) await changeSetting('layerRule', rule);
      });
  }

  /** Changes several settings as one: nothing is resolved meanwhile. */
  async change(settings: () => Promise<void>): Promise<void> {
    const changing = settings();
    this.#changing = changing.catch(() => undefined);
    await changing;
  }

  /** Ends the builds under way; begun again, they go on from their checkpoints. */
  cancelBuilds(): void {
    for (const { abort } of this.#builds.values()) abort.abort();
  }

  dispose(): void {
    this.cancelBuilds();
  }

  /**
   * The folder of an encoder, from a value of the setting `encoder.source`.
   * @throws UserError when it is neither a folder nor a downloaded model
   */
  folder(source: string): string {
    const text = source.trim();
    if (text === '') return this.#options.places.encoder;
    const local = text.replace(/^~(?=$|[\\/])/, os.homedir());
    if (path.isAbsolute(local)) {
      if (existsSync(local)) return local;
      throw new UserError(
        vscode.l10n.t('There is no folder {0}.', local),
        vscode.l10n.t('Run “Glossight: Choose Encoder”, or empty the setting glossight.encoder.source.'),
      );
    }
    if (!parseHubName(text)) {
      throw new UserError(
        vscode.l10n.t('The setting glossight.encoder.source is neither an absolute path nor a model.'),
        vscode.l10n.t('Name a model as owner/model, or run “Glossight: Choose Encoder”.'),
      );
    }
    const folder = this.downloadFolder(text);
    if (existsSync(folder)) return folder;
    throw new UserError(
      vscode.l10n.t('The encoder {0} has not been downloaded.', text),
      vscode.l10n.t('Run “Glossight: Choose Encoder” to download it; you are told its size first.'),
    );
  }

  /** Where the model of this name is, or would be, downloaded to. */
  downloadFolder(name: string): string {
    return path.join(this.#options.storage, 'encoders', encodeURIComponent(name.trim()));
  }

  /** Names of the models that have been downloaded. */
  async downloaded(): Promise<string[]> {
    const names = await readdir(path.join(this.#options.storage, 'encoders')).catch((): string[] => []);
    return names
      .filter((name) => !name.endsWith('.part'))
      .map(decodeURIComponent)
      .sort();
  }

  /** Loads an encoder once, in a process of its own. @throws UserError when it cannot be used; CancelledError */
  describe(encoder: string, signal?: AbortSignal): Promise<DescribedEncoder> {
    return runIndexProcess({ entry: this.#options.indexProcess, settings: { encoder }, signal });
  }

  /**
   * The sense vectors of an encoder and layer rule: those that ship with ours for the recipe, or those built on this
   * machine, now if need be.
   * @throws UserError, also when the build was cancelled
   */
  async index(encoder: string, layer: LayerRule, recipe: RecipeName, onBuilding?: OnShare): Promise<string> {
    const { places } = this.#options;
    if (encoder === places.encoder) return places.index(recipe);
    const { out, isOlder } = await this.#builtIndex(encoder, layer);
    if (await isReadable(out)) return out;
    const running = this.#builds.get(out);
    if (running) {
      await running.done;
      return out;
    }
    const abort = new AbortController();
    const done = this.#build(encoder, layer, out, abort, onBuilding);
    this.#builds.set(out, { done, abort });
    try {
      await done;
    } finally {
      this.#builds.delete(out);
    }
    const folder = path.dirname(out);
    for (const name of await readdir(folder)) if (isOlder(name)) await rm(path.join(folder, name));
    return out;
  }

  async #build(
    encoder: string,
    layer: LayerRule,
    out: string,
    abort: AbortController,
    onBuilding?: OnShare,
  ): Promise<void> {
    const { places, indexProcess } = this.#options;
    await mkdir(path.dirname(out), { recursive: true });
    const title = vscode.l10n.t('Building sense vectors ({0}), once; this takes some minutes', layer);
    try {
      await withProgress(
        title,
        (tell, signal) =>
          runIndexProcess({
            entry: indexProcess,
            settings: {
              encoder,
              build: { layer, wordnet: places.wordnet, corpus: places.corpus, out },
            },
            onProgress: (step) => {
              tell(share(step));
              onBuilding?.(share(step));
            },
            signal,
          }),
        abort,
      );
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      throw new UserError(
        vscode.l10n.t('The sense vectors of this encoder and layer rule are not built yet.'),
        vscode.l10n.t(
          'Try again to go on where the build stopped, or choose another encoder or layer rule in the settings.',
        ),
      );
    }
  }

  /** Named after encoder, layer rule and WordNet, so that other files mean another index. */
  async #builtIndex(
    encoder: string,
    layer: LayerRule,
  ): Promise<{ out: string; isOlder: (name: string) => boolean }> {
    const { places, storage, wordnetId } = this.#options;
    const short = (parts: readonly unknown[]): string =>
      createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    const prefix = `${short([encoder])}-${layer}-`;
    const { size } = await stat(places.corpus);
    const name = `${prefix}${short([await stateOf(encoder), wordnetId, size])}.bin`;
    return {
      out: path.join(storage, 'senses', name),
      isOlder: (other) => other.startsWith(prefix) && !other.startsWith(name),
    };
  }
}

function encoderSettings(): { readonly source: string; readonly rule: Settings['layerRule'] } {
  return { source: setting('encoder.source'), rule: setting('layerRule') };
}

/** Are there sense vectors in the format that is read? Those of another format, or cut short, are built anew. */
function isReadable(index: string): Promise<boolean> {
  return loadIndexManifest(index).then(
    () => true,
    () => false,
  );
}

/** What tells one content of an encoder folder from another, without reading the weights. */
async function stateOf(folder: string): Promise<unknown> {
  // It has the checksums of the other files; a folder as on the hub has none.
  const manifest = await readFile(path.join(folder, 'encoder.json'), 'utf8').catch(() => undefined);
  if (manifest !== undefined) return manifest;
  const state: unknown[] = [];
  for (const below of ['', 'onnx']) {
    const names = await readdir(path.join(folder, below)).catch((): string[] => []);
    for (const name of names.sort()) {
      const { size, mtimeMs } = await stat(path.join(folder, below, name));
      state.push([below, name, size, mtimeMs]);
    }
  }
  return state;
}

function share({ phase, done, total }: IndexBuildStep): number {
  const part = done / total;
  return phase === 'corpus' ? CORPUS_SHARE * part : CORPUS_SHARE + (1 - CORPUS_SHARE) * part;
}
