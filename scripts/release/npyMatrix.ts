/**
 * Rows of a float32 matrix in NumPy's format 1.0, as `numpy.save` writes it.
 * @throws Error for another type, order or format
 */
export function readMatrix(bytes: Uint8Array): Float32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, start));
  const [, rows, columns] =
    /NUMPY.*'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)/s.exec(header) ?? [];
  if (rows === undefined || bytes.length !== start + Number(rows) * Number(columns) * 4)
    throw new Error('This is no float32 matrix in format 1.0, or it is cut short.');
  const width = Number(columns);
  // Copied, as the rows may not begin at a multiple of four bytes.
  const values = new Float32Array(new Uint8Array(bytes.subarray(start)).buffer);
  return Array.from({ length: Number(rows) }, (_, row) => values.subarray(row * width, (row + 1) * width));
}
