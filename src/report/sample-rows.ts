import { LeastHashes } from './least-hashes.ts';
import type { ReportRow, ReportTokens } from './report-row.ts';

/** Rows of the gallery: as many as a reader looks through, and as fit a page of a few megabytes. */
export const GALLERY_ROWS = 60;
/** Rows more whose captions the music contradicts. */
const CONTRADICTED_ROWS = 12;
/** Rows of the map of captions. */
export const MAP_ROWS = 2000;
/** Groups of copies, and the members of each, that are shown side by side. */
const COPY_GROUPS = 12;
const COPY_MEMBERS = 2;
/** Ids of a row that are kept to draw and play it; compound tokens count each of their columns. */
const MAX_IDS = 60_000;

/** A row of the gallery, with all that it takes to draw and play it. */
export type GalleryRow = Omit<ReportRow, 'embedding' | 'device'>;

/** A row of the map. */
export interface MapRow {
  readonly index: number;
  /** The file as the manifest says it, else the pair's id. */
  readonly name: string;
  readonly caption: string;
  readonly split: string | undefined;
  readonly embedding: Float32Array;
  readonly tempo: number | undefined;
  readonly key: string | undefined;
  /** The instrument that sounds longest. */
  readonly instrument: string | undefined;
}

/** Rows that are copies of each other. */
export interface CopyGroup {
  /** Rows of the group in the data set. */
  readonly count: number;
  /** The first by index. */
  readonly members: readonly GalleryRow[];
}

/** Where rows of a group are, of which a report shows the first. */
export interface CopyPlaces {
  readonly group: string;
  readonly count: number;
  readonly indexes: readonly number[];
}

type GroupOf = (index: number) => string | null;

/**
 * A sample of the rows, chosen by a hash of their indexes: the same rows whatever order they come in, at most `MAP_ROWS`
 * embeddings and `GALLERY_ROWS` whole rows at a time, and some whose captions are wrong, whatever their number.
 */
export class RowSample {
  readonly #gallery = new LeastHashes<GalleryRow>(GALLERY_ROWS);
  readonly #contradicted = new LeastHashes<GalleryRow>(CONTRADICTED_ROWS);
  readonly #map = new LeastHashes<MapRow>(MAP_ROWS);

  readonly #copies = new LeastHashes<CopyGroup>(COPY_GROUPS);

  add(row: ReportRow): void {
    const key = String(row.index);
    this.#gallery.add(key, () => galleryRow(row));
    if ((row.agreement?.contradicts ?? 0) > 0) this.#contradicted.add(key, () => galleryRow(row));
    const { embedding, copyGroup } = row;
    if (copyGroup !== undefined) {
      this.#copies.add(copyGroup, (known) => joined(known, { count: 1, members: [galleryRow(row)] }));
    }
    if (embedding !== undefined && embedding.length > 0) this.#map.add(key, () => mapRow(row, embedding));
  }

  /** The row of the gallery that was added last, where it is likely to stay among those of `total` rows. */
  likelyShown(index: number, total: number): GalleryRow | undefined {
    const key = String(index);
    return this.#gallery.isLikely(key, total) ? this.#gallery.get(key) : undefined;
  }

  /** The groups of copies to be shown, where they were found when the rows had passed; `rows` are ascending. */
  copiesToShow(rows: Iterable<number>, groupOf: GroupOf): readonly CopyPlaces[] {
    const groups = new LeastHashes<CopyPlaces>(COPY_GROUPS);
    for (const index of rows) {
      const group = groupOf(index);
      if (group === null) continue;
      groups.add(group, (known = { group, count: 0, indexes: [] }) => ({
        group,
        count: known.count + 1,
        indexes: known.count < COPY_MEMBERS ? [...known.indexes, index] : known.indexes,
      }));
    }
    return groups.items().filter(({ count }) => count > 1);
  }

  /** What was not known of the rows when they passed. */
  addCopies(groups: readonly CopyPlaces[], rows: ReadonlyMap<number, ReportRow>, groupOf: GroupOf): void {
    const marked = (row: GalleryRow): GalleryRow => ({ ...row, copyGroup: groupOf(row.index) ?? undefined });
    this.#gallery.change(marked);
    this.#contradicted.change(marked);
    for (const { group, count, indexes } of groups) {
      const members = indexes.flatMap((index) => {
        const row = rows.get(index);
        return row === undefined ? [] : [marked(galleryRow(row))];
      });
      this.#copies.add(group, () => ({ count, members }));
    }
  }

  addAll(other: RowSample): void {
    this.#gallery.addAll(other.#gallery, (_, row) => row);
    this.#contradicted.addAll(other.#contradicted, (_, row) => row);
    this.#map.addAll(other.#map, (_, row) => row);
    this.#copies.addAll(other.#copies, joined);
  }

  /** Groups of which the data set has more than one row, the largest first. */
  copies(): readonly CopyGroup[] {
    const several = this.#copies.items().filter(({ count }) => count > 1);
    return [...several].sort((a, b) => b.count - a.count || (a.members[0]?.index ?? 0) - (b.members[0]?.index ?? 0));
  }

  /** By index. */
  gallery(): readonly GalleryRow[] {
    const rows = [...this.#gallery.items(), ...this.#contradicted.items()].map((row) => [row.index, row] as const);
    return [...new Map(rows).values()].sort((a, b) => a.index - b.index);
  }

  /** Rows whose captions the music contradicts, by index; each is in the gallery too. */
  contradicted(): readonly GalleryRow[] {
    return [...this.#contradicted.items()].sort((a, b) => a.index - b.index);
  }

  /** By index. */
  map(): readonly MapRow[] {
    return [...this.#map.items()].sort((a, b) => a.index - b.index);
  }
}

function galleryRow({ embedding: _embedding, device: _device, tokens, ...row }: ReportRow): GalleryRow {
  return { ...row, tokens: copyOf(tokens) };
}

function joined(own: CopyGroup | undefined, others: CopyGroup): CopyGroup {
  if (own === undefined) return others;
  const members = [...own.members, ...others.members].sort((a, b) => a.index - b.index);
  return { count: own.count + others.count, members: members.slice(0, COPY_MEMBERS) };
}

function copyOf({ layout, columns, streams, places }: ReportTokens): ReportTokens {
  let left = MAX_IDS;
  const kept = streams.map((ids) => {
    const length = Math.min(ids.length, left - (left % columns));
    left -= length;
    return ids.slice(0, length);
  });
  return { layout, columns, streams: kept, ...(places === undefined ? {} : { places }) };
}

function mapRow({ index, id, midiFile, caption, split, features }: ReportRow, embedding: ArrayLike<number>): MapRow {
  const { tempo_bpm: tempo, key, instruments } = features;
  const instrument: unknown = Array.isArray(instruments) ? instruments[0] : undefined;
  return {
    index,
    name: (midiFile ?? id).slice(-200),
    caption: caption.slice(0, 400),
    split,
    embedding: Float32Array.from(embedding),
    tempo: typeof tempo === 'number' ? tempo : undefined,
    key: typeof key === 'string' ? key : undefined,
    instrument: typeof instrument === 'string' ? instrument : undefined,
  };
}
