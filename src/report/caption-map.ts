import { projectOntoPlane } from './principal-components.ts';
import type { MapRow } from './sample-rows.ts';

/** Captions of a sample of rows in the plane in which their embeddings differ most. */
export interface CaptionMap {
  readonly points: readonly MapPoint[];
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
}

export interface MapPoint extends Omit<MapRow, 'embedding'> {
  readonly x: number;
  readonly y: number;
}

/** `undefined` where there are not enough embeddings of equal length to make a plane. */
export function captionMap(rows: readonly MapRow[]): CaptionMap | undefined {
  const dimensions = rows[0]?.embedding.length;
  const comparable = rows.filter(
    ({ embedding }) => embedding.length === dimensions && embedding.every(Number.isFinite),
  );
  if (comparable.length < 3) return undefined;
  const { points, explained } = projectOntoPlane(comparable.map(({ embedding }) => embedding));
  if (explained[1] === 0) return undefined;
  return {
    explained,
    points: comparable.map(({ embedding: _embedding, ...row }, at) => {
      const [x, y] = points[at] ?? [0, 0];
      return { ...row, x: rounded(x), y: rounded(y) };
    }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
