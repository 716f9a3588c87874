import { UserError } from '../../engine';

/**
 * The text of a file as an editor shows it, without a byte order mark.
 * @throws UserError when the bytes are not text
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // The bytes are not in this encoding.
  }
  throw new UserError(`${name} is not a text file, or not in UTF-8.`, 'Save it as UTF-8 text and try again.');
}
