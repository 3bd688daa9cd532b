import type { DuplicateLink } from '../../src/similarity/duplicate-groups.ts';
import { BINS } from '../../src/similarity/figure-bins.ts';
import type { Piece } from '../../src/similarity/piece-bytes.ts';

/** What copies are, in as few words as it takes: maps of everything, for pieces by the dozen or the thousand. */
export function plainLinks(pieces: readonly Piece[]): DuplicateLink[] {
  const parent = pieces.map((_, index) => index);
  const firstOf = (index: number): number => (parent[index] === index ? index : firstOf(parent[index] ?? index));
  const join = (left: number, right: number): void => {
    const [first, other] = [firstOf(left), firstOf(right)].sort((a, b) => a - b) as [number, number];
    parent[other] = first;
  };
  const copies = copiesOf(pieces);
  for (const { index, of } of copies.values()) join(index, of);
  const links = new Map([...copies].map(([index, link]) => [index, [link]]));
  const others = [...pieces.keys()].filter((index) => !copies.has(index));
  const isCopy = (index: number) => copies.has(index);
  const different = (index: number) =>
    pieces.filter((_, other) => firstOf(other) === firstOf(index) && !isCopy(other)).length;
  for (const [index, neighbours] of neighboursOf(pieces, others)) {
    for (const { of, similarity } of neighbours) {
      const [left, right] = [firstOf(index), firstOf(of)];
      if (left === right) continue;
      if (different(left) + different(right) > 32 && similarityOf(pieces[left], pieces[right]) === 0) continue;
      join(index, of);
      links.set(index, [...(links.get(index) ?? []), { index, of, kind: 'near', similarity }]);
    }
  }
  return [...links.values()].flat().sort((a, b) => a.index - b.index);
}

function copiesOf(pieces: readonly Piece[]): Map<number, DuplicateLink> {
  const copies = new Map<number, DuplicateLink>();
  const keyOf = {
    exact: ({ noteHash, sha256 }: Piece) => `${noteHash.slice(8, 16)} ${sha256.slice(0, 8)}`,
    notes: ({ noteHash, notes }: Piece) => (notes === 0 ? undefined : noteHash.slice(0, 16)),
    transposed: ({ sketch }: Piece) => (sketch.outline === 0n ? undefined : String(sketch.outline)),
  } as const;
  for (const kind of ['exact', 'notes', 'transposed'] as const) {
    const holders = new Map<string, number>();
    for (const [index, piece] of pieces.entries()) {
      const key = keyOf[kind](piece);
      if (key === undefined) continue;
      const of = holders.get(key);
      if (of === undefined) holders.set(key, index);
      else if (!copies.has(index)) copies.set(index, { index, of, kind, similarity: 1 });
    }
  }
  return copies;
}

/** For each piece the three closest of the last four in each band that it shares. */
function neighboursOf(pieces: readonly Piece[], others: readonly number[]) {
  const kept = new Map(others.map((index) => [index, [empty(), empty(), empty()]]));
  for (let band = 0; band < BINS; band++) {
    const buckets = new Map<string, number[]>();
    for (const index of others) {
      const figures = pieces[index]?.sketch.figures;
      const [first, second] = [figures?.[band] ?? 0, figures?.[(band + 1) % BINS] ?? 0];
      if (first === 0 || second === 0) continue;
      const bucket = buckets.get(`${first} ${second}`) ?? [];
      for (const of of bucket.slice(-4).reverse())
        meet(kept.get(index) ?? [], of, similarityOf(pieces[index], pieces[of]));
      buckets.set(`${first} ${second}`, [...bucket, index]);
    }
  }
  return [...kept].map(([index, slots]) => {
    const found = slots.filter(({ of }) => of >= 0);
    return [index, found.sort((a, b) => b.similarity - a.similarity || a.of - b.of)] as const;
  });
}

interface Slot {
  of: number;
  similarity: number;
}

function empty(): Slot {
  return { of: -1, similarity: 0 };
}

function meet(slots: readonly Slot[], of: number, similarity: number): void {
  if (slots.some((slot) => slot.of === of)) return;
  const weakest = slots.reduce((least, slot) => (slot.similarity < least.similarity ? slot : least));
  if (similarity > weakest.similarity) Object.assign(weakest, { of, similarity: Math.fround(similarity) });
}

function similarityOf(left: Piece | undefined, right: Piece | undefined): number {
  const [first, second] = [left?.sketch.figures ?? [], right?.sketch.figures ?? []];
  let [equal, used] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    if (first[bin] === 0 && second[bin] === 0) continue;
    used += 1;
    if (first[bin] === second[bin]) equal += 1;
  }
  return equal >= 8 && equal >= used * 0.3 ? equal / used : 0;
}
