import type { SegmentHeader } from './segment-header.ts';
import type { SegmentRef } from './stage-progress.ts';

/** Segments of each pass by their indices; the latest pass first: what it has goes before what the others have. */
export function segmentsByPass(segments: readonly SegmentRef[]): readonly (readonly SegmentRef[])[] {
  const passes = new Map<number, SegmentRef[]>();
  for (const ref of segments) {
    const refs = passes.get(ref.pass);
    if (refs === undefined) passes.set(ref.pass, [ref]);
    else refs.push(ref);
  }
  return [...passes].sort(([a], [b]) => b - a).map(([, refs]) => refs.sort((a, b) => a.first - b.first));
}

/** The segment of a pass in whose range an index is. */
export function findSegment(refs: readonly SegmentRef[], index: number): SegmentRef | undefined {
  let [low, high] = [0, refs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((refs[middle]?.last ?? index) < index) low = middle + 1;
    else high = middle;
  }
  const found = refs[low];
  return found !== undefined && found.first <= index ? found : undefined;
}

/** Which of the pairs that a segment tried an index is; below 0 where it is none. */
export function placeIn(header: Pick<SegmentHeader, 'pass' | 'first' | 'retried'>, index: number): number {
  return header.pass === 0 ? index - header.first : placeAmong(header.retried, index);
}

export function placeAmong(ascending: Uint32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === value ? low : -1;
}
