/**
 * One container for every binary artifact Glossight ships or builds: a magic word, a JSON header and
 * sections aligned to eight bytes, so that typed arrays can look straight into the file.
 *
 *     "GLOSSIGHT\n" · header length (u32, little-endian) · header (ASCII JSON) · padding · payload
 */

const MAGIC = 'GLOSSIGHT\n';
const PREFIX = MAGIC.length + 4;
const ALIGNMENT = 8;

interface Header {
  readonly kind: string;
  readonly version: number;
  /** Length of the payload, and its SHA-256 in hex. */
  readonly bytes: number;
  readonly sha256: string;
  readonly manifest: unknown;
  /** Offsets are from the payload's start. */
  readonly sections: Readonly<Record<string, { readonly offset: number; readonly bytes: number }>>;
}

export interface ArtifactKind {
  /** Name of the kind in messages: `WordNet inventory`, `sense index`. */
  readonly kind: string;
  readonly version: number;
  /** The oldest version that is read too, where there is one. */
  readonly oldest?: number;
  /** A sentence that says what to do if an artifact of this kind cannot be used. */
  readonly remedy: string;
}

export interface Artifact {
  /** Which of the expected kinds it is. */
  readonly kind: string;
  readonly version: number;
  /** SHA-256 of the payload in hex; identifies the content. */
  readonly sha256: string;
  readonly manifest: unknown;
  readonly payload: Uint8Array;
  /** @throws ArtifactError when the artifact has no such section */
  section(name: string): Uint8Array;
}

/** An artifact cannot be used; the message says which, why, and what to do. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  constructor({ kind, remedy }: ArtifactKind, problem: string) {
    super(`The ${kind} cannot be used: ${problem}. ${remedy}`);
  }
}

/** @param sha256 digest of bytes in hex; the core has no cryptography of its own */
export function packArtifact(
  { kind, version }: ArtifactKind,
  manifest: unknown,
  sections: Readonly<Record<string, Uint8Array>>,
  sha256: (payload: Uint8Array) => string,
): Uint8Array {
  const places: Record<string, { offset: number; bytes: number }> = {};
  let bytes = 0;
  for (const [name, section] of Object.entries(sections)) {
    places[name] = { offset: bytes, bytes: section.byteLength };
    bytes = aligned(bytes + section.byteLength);
  }
  const payload = new Uint8Array(bytes);
  for (const [name, section] of Object.entries(sections)) payload.set(section, places[name]!.offset);
  const header = asciiJson({
    kind,
    version,
    bytes,
    sha256: sha256(payload),
    manifest,
    sections: places,
  } satisfies Header);
  const start = aligned(PREFIX + header.length);
  const file = new Uint8Array(start + bytes);
  for (let i = 0; i < MAGIC.length; i++) file[i] = MAGIC.charCodeAt(i);
  new DataView(file.buffer).setUint32(MAGIC.length, header.length, true);
  for (let i = 0; i < header.length; i++) file[PREFIX + i] = header.charCodeAt(i);
  file.set(payload, start);
  return file;
}

/**
 * Opens an artifact without reading its payload.
 * @param expected the kind that the artifact must have, or several kinds of which it must have one
 * @param sha256 when given, the payload's digest is compared too
 * @throws ArtifactError when the bytes are not a whole artifact of this kind and version
 */
export function openArtifact(
  bytes: Uint8Array,
  expected: ArtifactKind | readonly [ArtifactKind, ...ArtifactKind[]],
  sha256?: (payload: Uint8Array) => string,
): Artifact {
  const kinds: readonly ArtifactKind[] = 'kind' in expected ? [expected] : expected;
  let kind = kinds[0]!;
  const refuse = (problem: string): ArtifactError => new ArtifactError(kind, problem);
  if (bytes.byteLength === 0) throw refuse('the file is empty');
  for (let i = 0; i < MAGIC.length; i++) {
    if (bytes[i] !== MAGIC.charCodeAt(i)) throw refuse('the file is not a Glossight artifact');
  }
  if (bytes.byteLength < PREFIX) throw refuse('the file is cut short');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (PREFIX + headerLength > bytes.byteLength) throw refuse('the file is cut short');
  const header = parseHeader(bytes.subarray(PREFIX, PREFIX + headerLength));
  if (header === undefined) throw refuse('its header is damaged');
  const found = kinds.find((one) => one.kind === header.kind);
  if (!found) throw refuse(`the file holds a ${header.kind}`);
  kind = found;
  if (!isRead(header.version, kind)) {
    throw refuse(
      header.version > kind.version
        ? `a newer Glossight made it (its format is version ${header.version}, and this one reads version ${kind.version})`
        : `its format is version ${header.version}, and this Glossight reads version ${kind.version}`,
    );
  }
  const start = aligned(PREFIX + headerLength);
  if (bytes.byteLength < start + header.bytes) {
    throw refuse(`the file is cut short (${bytes.byteLength} of ${start + header.bytes} bytes)`);
  }
  if (bytes.byteLength > start + header.bytes) throw refuse('the file has bytes past its end');
  // Typed arrays need aligned memory. A buffer from Node's pool may not be aligned; then it is copied once.
  const whole = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const payload = whole.subarray(start);
  if (sha256 && sha256(payload) !== header.sha256) throw refuse('the file is damaged (its checksum differs)');
  return {
    kind: kind.kind,
    version: header.version,
    sha256: header.sha256,
    manifest: header.manifest,
    payload,
    section(name) {
      const place = Object.hasOwn(header.sections, name) ? header.sections[name] : undefined;
      if (!place || place.offset + place.bytes > header.bytes) throw refuse(`it has no section ${name}`);
      return payload.subarray(place.offset, place.offset + place.bytes);
    },
  };
}

function isRead(version: number, { version: newest, oldest = newest }: ArtifactKind): boolean {
  return Number.isInteger(version) && version >= oldest && version <= newest;
}

/**
 * Sections follow one another in the order of the file, each where the one before it ends: a header whose offsets or order are
 * damaged is refused, and what is left in it to be damaged are lengths.
 * @throws ArtifactError
 */
export function checkOrder(artifact: Artifact, kind: ArtifactKind, names: readonly string[]): void {
  let end = 0;
  for (const name of names) {
    const section = artifact.section(name);
    if (section.byteOffset - artifact.payload.byteOffset !== end)
      throw new ArtifactError(kind, 'its header is damaged');
    end = aligned(end + section.length);
  }
  if (end !== artifact.payload.length) throw new ArtifactError(kind, 'its header is damaged');
}

/** FNV-1a, 32 bits, of a manifest's JSON. Kept in the payload it brings the manifest under the payload's SHA-256, as its id. */
export function manifestSum(manifest: unknown): Uint8Array {
  const text = JSON.stringify(manifest);
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return bytesOf(Uint32Array.of(sum >>> 0));
}

/** Compares a manifest with the sum in the section `manifestSum`. @throws ArtifactError */
export function checkManifest(artifact: Artifact, kind: ArtifactKind): void {
  const [kept, sum] = [artifact.section('manifestSum'), manifestSum(artifact.manifest)];
  if (kept.length !== sum.length || sum.some((byte, i) => byte !== kept[i]))
    throw new ArtifactError(kind, 'its header is damaged');
}

/** Bytes of any typed array, for packing. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Typed views of a section; offsets are aligned, so nothing is copied. */
export const view = {
  float32: (bytes: Uint8Array): Float32Array =>
    new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2),
  uint32: (bytes: Uint8Array): Uint32Array =>
    new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2),
  uint16: (bytes: Uint8Array): Uint16Array =>
    new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1),
  int8: (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
};

function parseHeader(bytes: Uint8Array): Header | undefined {
  try {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    const header = JSON.parse(text) as Partial<Header> | null;
    const whole =
      typeof header?.kind === 'string' &&
      typeof header.version === 'number' &&
      typeof header.bytes === 'number' &&
      typeof header.sha256 === 'string' &&
      typeof header.sections === 'object' &&
      header.manifest !== undefined;
    return whole ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
