import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesOf, type CachedWindow, type Logger, type WindowCache, type WindowKey } from '../../core';
import { UserError } from '../../engine';
import {
  packRecord,
  packSegmentEnd,
  readPayload,
  readPlaces,
  type RecordPlace,
  type RecordPlaces,
  SEGMENT_START,
  segmentEndBytes,
} from './vectorSegments';

/**
 * Vectors of windows on disk, of any number of encoders and layer rules, for any number of processes at once. Files and records
 * that are missing, damaged, foreign or of another version count as not cached. If the disk cannot be written, what is there
 * already is still read.
 *
 * The cache holds hashes and vectors, no text. Vectors reveal something about their text, though, so only the folder's owner may
 * read it, and `clearVectorCache` empties it.
 */
export interface VectorCache extends WindowCache {
  /** Writes what is not written yet. After that `get` finds nothing and `put` keeps nothing. Never rejects. */
  close(): Promise<void>;
}

/** Bytes of a full segment. Whole segments are evicted, so they are small; but each is a file, so they are not too many. */
const SEGMENT_BYTES = 16 * 2 ** 20;
/** A cache with a small limit has smaller segments, so that there is still room for so many. */
const LEAST_SEGMENTS = 8;
/** Most segments: each is an open file, and short sessions leave small ones. */
const MOST_SEGMENTS = 128;
const SUFFIX = '.vectors';

/** Data is written after so many bytes or so long: a crash loses no more. */
const UNWRITTEN_BYTES = 2 ** 20;
const UNWRITTEN_MS = 1000;

/** Reading a segment updates its time of change, by which the least recently used one is found; at most once in this time. */
const TOUCH_MS = 60_000;

interface Segment {
  readonly file: string;
  /** Missing until this process has made the file. */
  handle: FileHandle | undefined;
  touched: number;
}

/** The segment this process appends to. */
interface OpenSegment extends Segment {
  readonly places: RecordPlaces;
  /** Length with the records that are still to be written. */
  bytes: number;
  unwritten: Uint8Array[];
  unwrittenBytes: number;
}

export interface VectorCacheSettings {
  /** A folder for the cache alone; it is made if it does not exist. */
  readonly folder: string;
  /** Limit for all files together; the least recently used segments are removed first. */
  readonly maxBytes: number;
}

/** Opens the cache in a folder. Never rejects: a cache that cannot be used is empty, and a line is logged. */
export async function openVectorCache(
  { folder, maxBytes }: VectorCacheSettings,
  logger: Logger,
): Promise<VectorCache> {
  const segmentBytes = Math.min(SEGMENT_BYTES, Math.floor(maxBytes / LEAST_SEGMENTS));
  const segments = new Map<string, Segment>();
  const index = new Map<string, { readonly segment: Segment; readonly place: RecordPlace }>();
  /** Payloads on their way to the disk. */
  const unwritten = new Map<string, Uint8Array>();
  let current: OpenSegment | undefined;
  /** Time at which the newest segment was begun, in milliseconds, from its name. */
  let newest = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let writable = true;
  let toldOfDamage = false;
  /** Changes of the folder, one after another; none of them rejects. */
  let queue: Promise<void> = Promise.resolve();

  const later = (change: () => Promise<unknown>): void => {
    queue = queue.then(change).then(() => undefined, giveUpWriting);
  };

  function giveUpWriting(error: unknown): void {
    if (writable) {
      logger.warn(`The vector cache cannot be written (${codeOf(error)}); reading goes on without.`);
    }
    writable = false;
    current = undefined;
    unwritten.clear();
  }

  function reportDamage(what: string): void {
    if (!toldOfDamage) logger.info(`A part of the vector cache is skipped: ${what}.`);
    toldOfDamage = true;
  }

  async function load(): Promise<void> {
    const names = (await listSegments(folder)).map(({ file }) => file).sort();
    newest = parseInt(path.basename(names.at(-1) ?? ''), 16) || 0;
    const opened = await Promise.all(names.map((file) => openSegment(file)));
    // Oldest segment first, by name: vectors added to a window later are in a later segment, whose record counts.
    for (const loaded of opened) {
      if (!loaded) continue;
      const { segment, places } = loaded;
      segments.set(segment.file, segment);
      for (const [key, place] of places) index.set(key, { segment, place });
    }
  }

  async function openSegment(file: string): Promise<{ segment: Segment; places: RecordPlaces } | undefined> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(file, 'r');
      const places = readPlaces(handle.fd, (await handle.stat()).size);
      if (places) return { segment: { file, handle, touched: 0 }, places };
      reportDamage('a file is foreign or of another version');
    } catch (error) {
      // ENOENT: another process has just removed the file.
      if (codeOf(error) !== 'ENOENT') reportDamage(`a file cannot be read (${codeOf(error)})`);
    }
    await handle?.close();
    return undefined;
  }

  function recall(key: string): CachedWindow | undefined {
    const payload = unwritten.get(key) ?? read(key);
    return payload && unpackWindow(payload);
  }

  function read(key: string): Uint8Array | undefined {
    const entry = index.get(key);
    if (!entry?.segment.handle) return undefined;
    const { segment, place } = entry;
    let payload: Uint8Array | undefined;
    try {
      payload = readPayload(entry.segment.handle.fd, key, place);
    } catch {
      // A disk error is damage too.
    }
    if (payload) {
      touch(segment);
    } else {
      index.delete(key);
      reportDamage('a record is damaged');
    }
    return payload;
  }

  function touch(segment: Segment): void {
    const now = Date.now();
    if (segment === current || now - segment.touched < TOUCH_MS) return;
    segment.touched = now;
    later(() => utimes(segment.file, now / 1000, now / 1000).catch(() => undefined));
  }

  function append(key: string, payload: Uint8Array): void {
    const record = packRecord(key, payload);
    const bytesWith = (segment: OpenSegment): number =>
      segment.bytes + record.length + segmentEndBytes(segment.places.size + 1);
    if (current && bytesWith(current) > segmentBytes) seal();
    const segment = current ?? begin();
    if (bytesWith(segment) > segmentBytes) return;
    current = segment;
    const place = { offset: segment.bytes, bytes: record.length };
    segment.places.set(key, place);
    segment.bytes += record.length;
    segment.unwritten.push(record);
    segment.unwrittenBytes += record.length;
    index.set(key, { segment, place });
    unwritten.set(key, payload);
    if (segment.unwrittenBytes >= UNWRITTEN_BYTES) flush();
    else timer ??= setTimeout(flush, UNWRITTEN_MS).unref();
  }

  function begin(): OpenSegment {
    // Names sort by time, also for two segments in one millisecond; random digits keep two processes' names apart.
    newest = Math.max(Date.now(), newest + 1);
    const name = `${newest.toString(16).padStart(12, '0')}-${randomBytes(6).toString('hex')}${SUFFIX}`;
    return {
      file: path.join(folder, name),
      handle: undefined,
      touched: 0,
      places: new Map(),
      bytes: SEGMENT_START.length,
      unwritten: [SEGMENT_START],
      unwrittenBytes: SEGMENT_START.length,
    };
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!current || current.unwritten.length === 0) return;
    const segment = current;
    const bytes = Buffer.concat(segment.unwritten);
    segment.unwritten = [];
    segment.unwrittenBytes = 0;
    const payloads = [...unwritten];
    later(async () => {
      if (!writable) return;
      segment.handle ??= await create(segment);
      // Not `write`, which may write only a part of the bytes.
      await segment.handle.writeFile(bytes);
      for (const [key, payload] of payloads) {
        if (unwritten.get(key) === payload) unwritten.delete(key);
      }
    });
  }

  /** Ends the current segment for writing; it stays open for reading. */
  function seal(): void {
    if (!current) return;
    current.unwritten.push(packSegmentEnd(current.places, current.bytes));
    flush();
    current = undefined;
  }

  async function create(segment: Segment): Promise<FileHandle> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await makeRoom(segmentBytes);
    const handle = await open(segment.file, 'wx+', 0o600);
    segments.set(segment.file, segment);
    return handle;
  }

  /** Removes the least recently used segments until there is room for so many bytes and one more file. */
  async function makeRoom(bytes: number): Promise<void> {
    const files = (await listSegments(folder)).sort((a, b) => a.changed - b.changed);
    let total = files.reduce((sum, file) => sum + file.bytes, bytes);
    let count = files.length + 1;
    for (const { file, bytes } of files) {
      if (total <= maxBytes && count <= MOST_SEGMENTS) return;
      // On Windows a file that another process reads cannot be removed; it is tried again another time.
      const removed = await rm(file).then(
        () => true,
        () => false,
      );
      if (!removed) continue;
      total -= bytes;
      count--;
      await forget(file);
    }
  }

  async function forget(file: string): Promise<void> {
    const segment = segments.get(file);
    if (!segment) return;
    segments.delete(file);
    for (const [key, entry] of index) if (entry.segment === segment) index.delete(key);
    await closeSegment(segment);
  }

  async function closeSegment(segment: Segment): Promise<void> {
    const { handle } = segment;
    segment.handle = undefined;
    await handle?.close().catch(() => undefined);
  }

  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await makeRoom(0);
    await load();
  } catch (error) {
    giveUpWriting(error);
  }

  return {
    async get(keys) {
      const found = keys.map((key) => recall(digest(key)));
      await nextTurn();
      return found;
    },
    put(key, window) {
      if (closed || !writable) return;
      const name = digest(key);
      append(name, packWindow(new Map([...window, ...(recall(name) ?? [])])));
    },
    async close() {
      closed = true;
      seal();
      await queue;
      unwritten.clear();
      index.clear();
      for (const segment of segments.values()) await closeSegment(segment);
      segments.clear();
    },
  };
}

/**
 * Removes every file of a cache. Processes that have it open go on with what they hold.
 * @throws UserError when a file cannot be removed
 */
export async function clearVectorCache(folder: string): Promise<void> {
  try {
    for (const { file } of await listSegments(folder)) await rm(file, { force: true });
  } catch (error) {
    throw new UserError(
      `The vector cache in ${folder} cannot be emptied (${codeOf(error)}).`,
      'Close other windows of the editor and try again, or remove the folder.',
    );
  }
}

/** The segment files in a folder; none if the folder does not exist. */
async function listSegments(
  folder: string,
): Promise<{ readonly file: string; readonly bytes: number; readonly changed: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(SUFFIX));
  const found = await Promise.all(
    files.map(async ({ name }) => {
      const file = path.join(folder, name);
      const stats = await stat(file).catch(() => undefined);
      return stats ? [{ file, bytes: stats.size, changed: stats.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

/** The hash of a key. Ids of encoders and layer rules have no zero byte, so different keys never give the same bytes. */
function digest({ encoder, layer, ids }: WindowKey): string {
  const hash = createHash('sha256').update(`${encoder}\0${layer}\0`).update(bytesOf(ids));
  return hash.digest().toString('latin1', 0, 16);
}

/** The payload of a window: number of vectors (u32) · their ranges (u32 each) · the vectors as halves, all of one length. */
function packWindow(window: CachedWindow): Uint8Array {
  const start = 4 + 4 * window.size;
  const dimensions = [...window.values()][0]?.length ?? 0;
  const payload = new Uint8Array(start + 2 * window.size * dimensions);
  new Uint32Array(payload.buffer, 0, 1 + window.size).set([window.size, ...window.keys()]);
  const halves = new Uint16Array(payload.buffer, start);
  [...window.values()].forEach((vector, i) => halves.set(vector, i * dimensions));
  return payload;
}

function unpackWindow(payload: Uint8Array): CachedWindow {
  const { buffer, byteOffset } = payload;
  const [count] = new Uint32Array(buffer, byteOffset, 1);
  const names = new Uint32Array(buffer, byteOffset + 4, count);
  const start = 4 + 4 * count!;
  const halves = new Uint16Array(buffer, byteOffset + start, (payload.length - start) >> 1);
  const dimensions = halves.length / count!;
  const window = new Map<number, Uint16Array>();
  names.forEach((name, i) => window.set(name, halves.subarray(i * dimensions, (i + 1) * dimensions)));
  return window;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
