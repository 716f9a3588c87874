import { dot, normalise } from '../vectors/math';
import { seededRandom } from '../util/random';
import { meanOf } from './projection';

/** How often clustering starts anew; the best result is kept. */
const STARTS = 5;
const MOST_ROUNDS = 50;

/**
 * Mean silhouette (Rousseeuw 1987) of unit vectors by label, with 1 − cosine as the distance. The mean distance to a cluster is
 * then 1 − the dot product with the mean of its vectors, so that no pairs have to be compared. A label with one vector counts 0.
 * @returns -1 to 1; `undefined` with fewer than two labels
 */
export function silhouette(vectors: readonly Float32Array[], labels: readonly number[]): number | undefined {
  const groups = groupsOf(vectors, labels);
  if (groups.size < 2) return undefined;
  const means = new Map([...groups].map(([label, group]) => [label, meanOf(group)]));
  let sum = 0;
  vectors.forEach((vector, i) => {
    const size = groups.get(labels[i]!)!.length;
    if (size === 1) return;
    let inside = 0;
    let nearest = Infinity;
    for (const [label, mean] of means) {
      const distance = 1 - dot(vector, mean);
      // The vector is in its own group's mean, at distance 0 from itself.
      if (label === labels[i]) inside = (distance * size) / (size - 1);
      else nearest = Math.min(nearest, distance);
    }
    const larger = Math.max(inside, nearest);
    if (larger > 0) sum += (nearest - inside) / larger;
  });
  return sum / vectors.length;
}

/**
 * Clusters unit vectors by cosine into a given number of clusters (spherical k-means, Dhillon & Modha 2001; first centres as in
 * k-means++). The same vectors always give the same clusters.
 * @returns one label per vector, 0 to count - 1
 */
export function clusters(vectors: readonly Float32Array[], count: number): number[] {
  const random = seededRandom(1);
  let best: { readonly labels: number[]; readonly fit: number } | undefined;
  for (let start = 0; start < STARTS; start++) {
    const found = clusterOnce(vectors, count, random);
    if (!best || found.fit > best.fit) best = found;
  }
  return best!.labels;
}

function clusterOnce(
  vectors: readonly Float32Array[],
  count: number,
  random: () => number,
): { labels: number[]; fit: number } {
  let centres = firstCentres(vectors, count, random);
  let labels: number[] = [];
  let fit = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = labels;
    fit = 0;
    labels = vectors.map((vector) => {
      const products = centres.map((centre) => dot(vector, centre));
      const nearest = products.indexOf(Math.max(...products));
      fit += products[nearest]!;
      return nearest;
    });
    if (labels.every((label, i) => label === before[i])) break;
    const groups = groupsOf(vectors, labels);
    centres = centres.map((centre, k) => (groups.has(k) ? normalise(meanOf(groups.get(k)!)) : centre));
  }
  return { labels, fit };
}

/** Chooses the first centres: a vector is the likelier to become the next, the farther it is from those before. */
function firstCentres(vectors: readonly Float32Array[], count: number, random: () => number): Float32Array[] {
  const centres = [vectors[Math.floor(random() * vectors.length)]!];
  const distances = vectors.map(() => Infinity);
  while (centres.length < count) {
    vectors.forEach((vector, i) => {
      distances[i] = Math.min(distances[i]!, Math.max(0, 1 - dot(vector, centres.at(-1)!)));
    });
    const total = distances.reduce((sum, distance) => sum + distance, 0);
    let rest = random() * total;
    const chosen = distances.findIndex((distance) => (rest -= distance) < 0);
    centres.push(vectors[Math.max(0, chosen)]!);
  }
  return centres;
}

/**
 * Adjusted Rand index of two labellings of the same things (Hubert & Arabie 1985): 1 where they agree, about 0 where they
 * agree no more than by chance.
 */
export function adjustedRand(a: readonly number[], b: readonly number[]): number {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const sumOfPairs = (labels: readonly (number | string)[]): number => {
    const counts = new Map<number | string, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);
  };
  const both = sumOfPairs(a.map((label, i) => `${label} ${b[i]!}`));
  const [inA, inB, all] = [sumOfPairs(a), sumOfPairs(b), pairs(a.length)];
  const expected = all === 0 ? 0 : (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

function groupsOf(
  vectors: readonly Float32Array[],
  labels: readonly number[],
): ReadonlyMap<number, Float32Array[]> {
  const groups = new Map<number, Float32Array[]>();
  vectors.forEach((vector, i) => {
    const group = groups.get(labels[i]!);
    if (group) group.push(vector);
    else groups.set(labels[i]!, [vector]);
  });
  return groups;
}
