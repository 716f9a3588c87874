import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * The files of the vector cache: segments, each written by one process, front to back.
 *
 *     segment: "GLVECS" · version (u16) · records · when it is full or its writer ends: table · trailer
 *     record:  key (16 bytes) · payload length (u32) · payload CRC (u32) · CRC of these (u32) · payload
 *     table:   per record: key · offset (u32) · length of the record (u32)
 *     trailer: table offset (u32) · table length (u32) · table CRC (u32) · "GLVE"
 *
 * Numbers are little-endian. With the table a starting process need not read headers all over the disk. A segment whose writer
 * crashed or still runs has no table: its headers are read one after another, as far as they are undamaged.
 */

/** To be raised when this format changes, and when the vectors of a window change, for example by another way to pool pieces. */
const VERSION = 1;
const START = Buffer.concat([Buffer.from('GLVECS'), Buffer.from([VERSION, 0])]);
const END = Buffer.from('GLVE');
const KEY = 16;
const RECORD_HEADER = KEY + 12;
const TABLE_ROW = KEY + 8;
const TRAILER = 12 + END.length;

/** Where a record stands in its segment; `bytes` is its length with header and payload. */
export interface RecordPlace {
  readonly offset: number;
  readonly bytes: number;
}

/** Records by key. A key is 16 bytes, as a text with one character per byte (latin1). */
export type RecordPlaces = Map<string, RecordPlace>;

export const SEGMENT_START: Uint8Array = START;

/** Length in bytes of table and trailer for so many records. */
export function segmentEndBytes(records: number): number {
  return records * TABLE_ROW + TRAILER;
}

export function packRecord(key: string, payload: Uint8Array): Buffer {
  const record = Buffer.alloc(RECORD_HEADER + payload.length);
  record.write(key, 'latin1');
  record.writeUInt32LE(payload.length, KEY);
  record.writeUInt32LE(crc32(payload), KEY + 4);
  record.writeUInt32LE(crc32(record.subarray(0, KEY + 8)), KEY + 8);
  record.set(payload, RECORD_HEADER);
  return record;
}

/** @param offset where the table will stand */
export function packSegmentEnd(places: RecordPlaces, offset: number): Buffer {
  const end = Buffer.alloc(segmentEndBytes(places.size));
  let at = 0;
  for (const [key, place] of places) {
    end.write(key, at, 'latin1');
    end.writeUInt32LE(place.offset, at + KEY);
    end.writeUInt32LE(place.bytes, at + KEY + 4);
    at += TABLE_ROW;
  }
  end.writeUInt32LE(offset, at);
  end.writeUInt32LE(at, at + 4);
  end.writeUInt32LE(crc32(end.subarray(0, at)), at + 8);
  end.set(END, at + 12);
  return end;
}

/**
 * The records of a segment; of two records with one key, the later one.
 * @returns `undefined` for a file that is no segment of this version
 * @throws Node's errors when the file cannot be read
 */
export function readPlaces(fd: number, size: number): RecordPlaces | undefined {
  if (!readAt(fd, 0, START.length)?.equals(START)) return undefined;
  return readTable(fd, size) ?? walkRecords(fd, size);
}

/**
 * The payload of a record, aligned for typed arrays of 32 bits.
 * @returns `undefined` if the record at this place is damaged or has another key
 */
export function readPayload(fd: number, key: string, { offset, bytes }: RecordPlace): Uint8Array | undefined {
  const record = readAt(fd, offset, bytes);
  const header = record && openHeader(record);
  if (header?.key !== key || header.bytes !== bytes) return undefined;
  const payload = record!.subarray(RECORD_HEADER);
  return crc32(payload) === header.crc ? payload : undefined;
}

function readTable(fd: number, size: number): RecordPlaces | undefined {
  const trailer = size >= TRAILER ? readAt(fd, size - TRAILER, TRAILER) : undefined;
  if (!trailer?.subarray(12).equals(END)) return undefined;
  const offset = trailer.readUInt32LE(0);
  const bytes = trailer.readUInt32LE(4);
  if (offset + bytes + TRAILER !== size) return undefined;
  const table = readAt(fd, offset, bytes);
  if (!table || crc32(table) !== trailer.readUInt32LE(8)) return undefined;
  const places: RecordPlaces = new Map();
  for (let at = 0; at < bytes; at += TABLE_ROW) {
    places.set(table.toString('latin1', at, at + KEY), {
      offset: table.readUInt32LE(at + KEY),
      bytes: table.readUInt32LE(at + KEY + 4),
    });
  }
  return places;
}

function walkRecords(fd: number, size: number): RecordPlaces {
  const places: RecordPlaces = new Map();
  for (let offset = START.length; ;) {
    const bytes = readAt(fd, offset, RECORD_HEADER);
    const header = bytes && openHeader(bytes);
    if (!header || offset + header.bytes > size) return places;
    places.set(header.key, { offset, bytes: header.bytes });
    offset += header.bytes;
  }
}

/** The fields of a record's header; `undefined` if the header is damaged. */
function openHeader(record: Buffer): { key: string; bytes: number; crc: number } | undefined {
  if (record.length < RECORD_HEADER) return undefined;
  if (crc32(record.subarray(0, KEY + 8)) !== record.readUInt32LE(KEY + 8)) return undefined;
  return {
    key: record.toString('latin1', 0, KEY),
    bytes: RECORD_HEADER + record.readUInt32LE(KEY),
    crc: record.readUInt32LE(KEY + 4),
  };
}

/** Reads exactly so many bytes; `undefined` if the file ends before. */
function readAt(fd: number, offset: number, bytes: number): Buffer | undefined {
  // A separate buffer is aligned for typed arrays, one cut from Node's pool may not be.
  const buffer = Buffer.allocUnsafeSlow(bytes);
  return readSync(fd, buffer, 0, bytes, offset) === bytes ? buffer : undefined;
}
