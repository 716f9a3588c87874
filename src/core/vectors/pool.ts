import { addInto } from './math';
import type { PieceRange } from './windows';

/**
 * One vector for a word: the mean of its pieces' vectors.
 * @param matrix a window's output, pieces x dimensions, row 0 being [CLS]
 */
export function poolPieces(matrix: Float32Array, range: PieceRange, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (let piece = range.from; piece < range.to; piece++) {
    const row = (piece + 1) * dimensions;
    addInto(vector, matrix.subarray(row, row + dimensions));
  }
  const count = range.to - range.from;
  for (let i = 0; i < dimensions; i++) vector[i]! /= count;
  return vector;
}
