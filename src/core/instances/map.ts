import type { SenseId } from '../model';
import type { SenseIndex } from '../senses/senseIndex';
import { normalise } from '../vectors/math';
import { principalPlane, project } from './projection';
import { vectorOf } from './rows';
import { adjustedRand, clusters, silhouette } from './structure';
import type { WordUse } from './uses';

/** With fewer uses a map shows nothing but chance. */
const FEW_USES = 10;
/** If at least this share of the uses lies between two senses, the map calls them a continuum. */
const CONTINUUM = 0.15;

export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** Uses in two dimensions, and how discrete their senses are. */
export interface SenseMap {
  /** One point per use; `undefined` for a use without a vector. */
  readonly points: readonly (MapPoint | undefined)[];
  readonly marks: readonly (MapPoint & { readonly sense: SenseId })[];
  /** Shares of the variance along x and y; `undefined` where a neighbour graph was drawn, which has none. */
  readonly explained: readonly [number, number] | undefined;
  readonly structure: SenseStructure;
}

/** How well their senses part the uses, measured in all dimensions of the vectors and not in the two of the picture. */
export interface SenseStructure {
  /** Mean silhouette, -1 to 1; `undefined` with fewer than two senses. */
  readonly silhouette: number | undefined;
  /** Share of the uses that lie between two senses (`Doubt`). */
  readonly between: number;
  /** Adjusted Rand index of the senses and as many clusters found without them; `undefined` with fewer than two senses. */
  readonly agreement: number | undefined;
  readonly clusters: number;
  /** The two senses that most uses lie between, where at least CONTINUUM of the uses lie between two senses. */
  readonly continuum: readonly [SenseId, SenseId] | undefined;
  /** Are there so few uses that the map shows nothing but chance? */
  readonly tooFew: boolean;
}

/** The unit vectors that a map is drawn from: of the uses that have a vector, and of the senses that have one. */
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

/** The map by the principal components of the uses; sense vectors are projected onto the same plane. */
export function componentMap({ uses, senses }: MapVectors, structure: SenseStructure): SenseMap {
  const known = uses.filter((vector) => vector !== undefined);
  if (known.length === 0)
    return { points: uses.map(() => undefined), marks: [], explained: [0, 0], structure };
  const plane = principalPlane(known);
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
  const known = vectors.filter((vector) => vector !== undefined);
  const labels = kept.map(({ sense }) => sense);
  const count = new Set(labels).size;
  const several = count > 1;
  const between = kept.filter((use) => use.rival >= 0 && use.doubt === 'between two senses');
  return {
    silhouette: several ? silhouette(known, labels) : undefined,
    between: kept.length === 0 ? 0 : between.length / kept.length,
    agreement: several ? adjustedRand(labels, clusters(known, count)) : undefined,
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
