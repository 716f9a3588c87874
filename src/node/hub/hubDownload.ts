/** Fetches an encoder from a hub when the user asks for it. No other file of Glossight opens a connection. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CancelledError } from '../../core';
import { fileError, writeWhole } from '../files';
import { chooseWeights, DOWNLOAD_MANIFEST, DOWNLOAD_VERSION, type DownloadManifest } from './hubFolder';
import { UserError } from '../../engine';

export const DEFAULT_HUB = 'https://huggingface.co';

/** `owner/name`, and a branch, tag or commit. */
export interface HubName {
  readonly name: string;
  readonly revision: string;
}

export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  /** In hex: SHA-256 of the content for large files, git's blob SHA-1 for others. */
  readonly hash: string;
}

/** What a download would fetch. Only the hub's list of files has been fetched so far. */
export interface DownloadPlan {
  readonly hub: string;
  readonly name: string;
  /** The commit that the revision stands for at present. */
  readonly commit: string;
  readonly weights: string;
  readonly files: readonly HubFile[];
  /** Size of all files together. */
  readonly bytes: number;
  readonly licence: string | undefined;
  readonly trainingData: readonly string[];
}

const MOST_REDIRECTS = 5;
const NEEDED = ['config.json', 'tokenizer.json'];
const WANTED = [...NEEDED, 'tokenizer_config.json'];

/** Parses `owner/name` or `owner/name@revision`; `undefined` for any other text, such as a path. */
export function parseHubName(text: string): HubName | undefined {
  const [, name, revision = 'main'] = /^(\w[\w.-]*\/\w[\w.-]*)(?:@([\w.][\w./-]*))?$/.exec(text.trim()) ?? [];
  return name === undefined || text.includes('..') ? undefined : { name, revision };
}

/**
 * Asks the hub which files an encoder needs, and how large they are.
 * @throws UserError, CancelledError
 */
export async function planDownload(
  hub: string,
  { name, revision }: HubName,
  signal?: AbortSignal,
): Promise<DownloadPlan> {
  const address = `${hub.replace(/\/+$/, '')}/api/models/${name}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const response = await request(address, name, signal);
  const answer = modelOf(await response.json().catch(() => undefined));
  if (signal?.aborted) throw new CancelledError();
  if (!answer) {
    throw new UserError(
      `The hub ${hub} gave no list of the files of ${name}.`,
      'Check the setting glossight.encoder.hub.',
    );
  }
  const { files } = answer;
  const chosen = chooseWeights(new Map([...files].map(([file, { bytes }]) => [file, bytes])));
  const missing = NEEDED.find((file) => !files.has(file));
  if (!chosen || missing !== undefined) {
    throw new UserError(
      `The model ${name} has no ${missing ?? 'ONNX weights (onnx/model.onnx, say)'}.`,
      'Choose a model that has been exported to ONNX, with its tokenizer.',
    );
  }
  const fetched = [...WANTED, chosen.weights, ...chosen.data].flatMap((file) => files.get(file) ?? []);
  return {
    hub,
    name,
    commit: answer.commit,
    weights: chosen.weights,
    files: fetched,
    bytes: fetched.reduce((sum, { bytes }) => sum + bytes, 0),
    licence: answer.licence,
    trainingData: answer.trainingData,
  };
}

/**
 * Downloads an encoder into a folder, completely or not at all: every file is checked against the hub's hash, and the folder gets
 * its name at the end. It replaces an earlier download of that name, but no other folder.
 * @param onProgress called with the number of bytes so far, of `plan.bytes`
 * @throws UserError, CancelledError
 */
export async function downloadEncoder(
  plan: DownloadPlan,
  folder: string,
  onProgress?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await refuseForeign(folder);
  const temporary = `${folder}.${process.pid}.part`;
  try {
    await toDisk(folder, async () => {
      await removeLeftovers(folder);
      await mkdir(path.dirname(folder), { recursive: true });
      // Fails if there is something by that name already, such as a link.
      await mkdir(temporary);
    });
    let before = 0;
    for (const file of plan.files) {
      const start = before;
      await fetchFile(plan, file, temporary, (bytes) => onProgress?.(start + bytes), signal);
      before += file.bytes;
    }
    const manifest: DownloadManifest = {
      format: 'glossight-download',
      version: DOWNLOAD_VERSION,
      name: plan.name,
      hub: plan.hub,
      revision: plan.commit,
      ...(plan.licence !== undefined && { licence: plan.licence }),
      trainingData: plan.trainingData,
      weights: plan.weights,
      files: Object.fromEntries(plan.files.map(({ path, bytes, hash }) => [path, { bytes, hash }])),
    };
    await writeWhole(path.join(temporary, DOWNLOAD_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await toDisk(folder, async () => {
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function fetchFile(
  { hub, name, commit }: DownloadPlan,
  file: HubFile,
  folder: string,
  onProgress: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const target = path.join(folder, file.path);
  const address = `${hub.replace(/\/+$/, '')}/${name}/resolve/${commit}/${file.path}`;
  const response = await request(address, name, signal);
  // Git's hash of a file includes a header before the content.
  const hash =
    file.hash.length === 64 ? createHash('sha256') : createHash('sha1').update(`blob ${file.bytes}\0`);
  let bytes = 0;
  const handle = await toDisk(target, async () => {
    await mkdir(path.dirname(target), { recursive: true });
    return open(target, 'wx');
  });
  try {
    const body = response.body?.getReader();
    for (;;) {
      const part = await body?.read().catch((error: unknown) => {
        throw networkError(error, address, signal);
      });
      if (!part?.value) break;
      const chunk = part.value as Uint8Array;
      bytes += chunk.length;
      if (bytes > file.bytes) break; // longer than announced, so wrong already; the rest would only fill the disk
      hash.update(chunk);
      await toDisk(target, () => handle.writeFile(chunk));
      onProgress(bytes);
      if (signal?.aborted) throw new CancelledError();
    }
    await body?.cancel().catch(() => undefined);
    await toDisk(target, () => handle.sync());
  } finally {
    await handle.close();
  }
  if (bytes !== file.bytes || hash.digest('hex') !== file.hash) {
    throw new UserError(
      `The file ${file.path} of ${name} did not arrive as the hub describes it, and was thrown away.`,
      'Try again; if it happens again, something between here and the hub changes files.',
    );
  }
}

/** Requests an address and follows redirects one by one, so that none leads to an unencrypted address. */
async function request(address: string, name: string, signal: AbortSignal | undefined): Promise<Response> {
  let url = secureAddress(address);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    let response: Response;
    try {
      response = await fetch(url, { redirect: 'manual', ...(signal && { signal }) });
    } catch (error) {
      throw networkError(error, url.href, signal);
    }
    if (response.ok) return response;
    await response.body?.cancel().catch(() => undefined);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null)
      throw refusal(response.status, name, url);
    url = secureAddress(location, url);
  }
  throw new UserError(`The hub redirects ${name} in circles.`, 'Check the setting glossight.encoder.hub.');
}

function secureAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
  const isHere = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url;
  throw new UserError(
    `Encoders are not downloaded from ${url?.origin ?? address}.`,
    'The hub must have an https address: see the setting glossight.encoder.hub.',
  );
}

function refusal(status: number, name: string, { host }: URL): UserError {
  // Without a login the hub also answers 401 for a model that does not exist.
  if (status === 401 || status === 403) {
    return new UserError(
      `${host} does not give ${name} to everyone (${status}): there is no such model, or it needs a login.`,
      'Check the name, or fetch the model yourself and choose its folder.',
    );
  }
  if (status === 404)
    return new UserError(`${host} has no model or revision ${name} (404).`, 'Check the name and revision.');
  return new UserError(`${host} cannot give ${name} now (${status}).`, 'Try again later.');
}

function networkError(error: unknown, address: string, signal: AbortSignal | undefined): Error {
  if (signal?.aborted) return new CancelledError();
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return new UserError(
    `The connection to ${new URL(address).host} failed (${cause?.code ?? message}).`,
    'Check the network and proxy settings, then try again.',
  );
}

async function toDisk<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw fileError(error, file, 'written');
  }
}

/** @throws UserError if a folder holds files that no download has put there */
async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(error, folder, 'written');
  });
  if (names.length > 0 && !names.includes(DOWNLOAD_MANIFEST))
    throw new UserError(`${folder} holds other files.`, 'Choose a new or empty folder.');
}

/** Removes what downloads into this folder left whose process was killed. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const names = await readdir(parent).catch((): string[] => []);
  for (const name of names) {
    const [, pid] = /^\.(\d+)\.part$/.exec(name.slice(path.basename(folder).length)) ?? [];
    if (pid === undefined || !name.startsWith(path.basename(folder)) || isAlive(Number(pid))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface HubModel {
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
  readonly licence: string | undefined;
  readonly trainingData: readonly string[];
}

/**
 * Is a path from the hub a file in the model's folder, or in `onnx` below it? Only such files are downloaded, so that no path can
 * lead out of the folder, on any system.
 */
export function isEncoderPath(name: string): boolean {
  return /^(?:onnx\/)?\w[\w.-]*$/.test(name);
}

/** The parts of the hub's answer that can be trusted: files at other paths than an encoder's are left out. */
function modelOf(answer: unknown): HubModel | undefined {
  const { sha, siblings, cardData } = (answer ?? {}) as {
    sha?: unknown;
    siblings?: unknown;
    cardData?: { license?: unknown; datasets?: unknown } | null;
  };
  if (typeof sha !== 'string' || !/^[0-9a-f]{7,64}$/.test(sha) || !Array.isArray(siblings)) return undefined;
  const files = new Map<string, HubFile>();
  for (const { rfilename, size, blobId, lfs } of siblings as readonly {
    rfilename?: unknown;
    size?: unknown;
    blobId?: unknown;
    lfs?: { sha256?: unknown; size?: unknown } | null;
  }[]) {
    const hash = lfs ? lfs.sha256 : blobId;
    const bytes = lfs?.size ?? size;
    if (typeof rfilename !== 'string' || !isEncoderPath(rfilename)) continue;
    if (typeof bytes !== 'number' || typeof hash !== 'string') continue;
    if (!(lfs ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hash)) continue;
    files.set(rfilename, { path: rfilename, bytes, hash });
  }
  const { license, datasets } = cardData ?? {};
  return {
    commit: sha,
    files,
    licence: typeof license === 'string' ? license : undefined,
    trainingData: [datasets].flat().filter((name): name is string => typeof name === 'string'),
  };
}
