import type { SenseId } from '../model';
import type { SenseIndex } from '../senses/senseIndex';
import { normalise } from '../vectors/math';
import { principalPlane, project } from './projection';
import { vectorOf } from './rows';
import { adjustedRand, clusters, silhouette } from './structure';
import type { WordUse } from './uses';

/** With fewer uses a picture shows chance. */
const FEW_USES = 10;
/** A share of uses between two senses from which on it is told as a continuum. */
const CONTINUUM = 0.15;

export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** Uses in two dimensions, and how discrete their senses are. */
export interface SenseMap {
  /** One a use; `undefined` for one without a vector. */
  readonly points: readonly (MapPoint | undefined)[];
  readonly marks: readonly (MapPoint & { readonly sense: SenseId })[];
  /** Shares of the variance along x and y; `undefined` where a neighbour graph was drawn, which has none. */
  readonly explained: readonly [number, number] | undefined;
  readonly structure: SenseStructure;
}

/** How well predicted senses part the uses, which are compared in all dimensions, not in the picture's two. */
export interface SenseStructure {
  /** -1 to 1; `undefined` with fewer than two senses. */
  readonly silhouette: number | undefined;
  /** Share of the uses that lie between two senses (`Doubt`). */
  readonly between: number;
  /** Adjusted Rand index of predicted senses and of as many clusters found without them; `undefined` as above. */
  readonly agreement: number | undefined;
  readonly clusters: number;
  /** The two senses that most uses lie between, where that is a fair share of them. */
  readonly continuum: readonly [SenseId, SenseId] | undefined;
  /** So few uses that a picture of them shows chance. */
  readonly tooFew: boolean;
}

/** The unit vectors that a map is drawn from: those of the uses, then those of the senses that have one. */
export interface MapVectors {
  readonly uses: readonly (Float32Array | undefined)[];
  readonly senses: readonly { readonly sense: SenseId; readonly vector: Float32Array }[];
}

export function mapVectors(
  uses: readonly WordUse[],
  senses: readonly SenseId[],
  index: Pick<SenseIndex, 'average'>,
): MapVectors {
  return {
    uses: uses.map((use) => vectorOf(use, true)),
    senses: senses.flatMap((sense) => {
      const average = index.average(sense);
      return average ? [{ sense, vector: normalise(Float32Array.from(average.values)) }] : [];
    }),
  };
}

/** The map by principal components of the uses; sense vectors are put where they fall. */
export function componentMap({ uses, senses }: MapVectors, structure: SenseStructure): SenseMap {
  const own = uses.filter((vector) => vector !== undefined);
  if (own.length === 0) return { points: uses.map(() => undefined), marks: [], explained: [0, 0], structure };
  const plane = principalPlane(own);
  const place = (vector: Float32Array): MapPoint => {
    const [x, y] = project(vector, plane);
    return { x, y };
  };
  return {
    points: uses.map((vector) => vector && place(vector)),
    marks: senses.map(({ sense, vector }) => ({ sense, ...place(vector) })),
    explained: plane.explained,
    structure,
  };
}

export function senseStructure(uses: readonly WordUse[], vectors: MapVectors['uses']): SenseStructure {
  const kept = uses.filter((_, i) => vectors[i]);
  const own = vectors.filter((vector) => vector !== undefined);
  const labels = kept.map(({ sense }) => sense);
  const count = new Set(labels).size;
  const several = count > 1;
  const between = kept.filter((use) => use.rival >= 0 && use.doubt === 'between two senses');
  return {
    silhouette: several ? silhouette(own, labels) : undefined,
    between: kept.length === 0 ? 0 : between.length / kept.length,
    agreement: several ? adjustedRand(labels, clusters(own, count)) : undefined,
    clusters: count,
    continuum: between.length >= CONTINUUM * kept.length ? commonestPair(between) : undefined,
    tooFew: kept.length < FEW_USES,
  };
}

function commonestPair(uses: readonly WordUse[]): readonly [SenseId, SenseId] | undefined {
  const counts = new Map<string, { readonly pair: readonly [SenseId, SenseId]; count: number }>();
  for (const { sense, rival } of uses) {
    const pair = [Math.min(sense, rival), Math.max(sense, rival)] as const;
    const entry = counts.get(pair.join(' '));
    if (entry) entry.count++;
    else counts.set(pair.join(' '), { pair, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.pair;
}
