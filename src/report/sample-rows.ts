import { LeastHashes } from './least-hashes.ts';
import type { ReportRow, ReportTokens } from './report-row.ts';

/** Rows of the gallery: as many as a reader looks through, and as fit a page of a few megabytes. */
export const GALLERY_ROWS = 60;
/** Rows of the map of captions. */
export const MAP_ROWS = 2000;
/** Ids of a row that are kept to draw and play it; compound tokens count each of their columns. */
const MAX_IDS = 60_000;

/** A row of the gallery, with all that it takes to draw and play it. */
export type GalleryRow = Omit<ReportRow, 'embedding' | 'noteHash' | 'device'>;

/** A row of the map. */
export interface MapRow {
  readonly index: number;
  readonly id: string;
  readonly caption: string;
  readonly split: string | undefined;
  readonly embedding: Float32Array;
  readonly tempo: number | undefined;
  readonly key: string | undefined;
  /** The instrument that sounds longest. */
  readonly instrument: string | undefined;
}

/**
 * A sample of the rows, chosen by a hash of their indexes: the same rows whatever order they come in, at most `MAP_ROWS`
 * embeddings and `GALLERY_ROWS` whole rows at a time, whatever their number.
 */
export class RowSample {
  readonly #gallery = new LeastHashes<GalleryRow>(GALLERY_ROWS);
  readonly #map = new LeastHashes<MapRow>(MAP_ROWS);

  add(row: ReportRow): void {
    const key = String(row.index);
    this.#gallery.add(key, () => galleryRow(row));
    const { embedding } = row;
    if (embedding !== undefined && embedding.length > 0) this.#map.add(key, () => mapRow(row, embedding));
  }

  addAll(other: RowSample): void {
    this.#gallery.addAll(other.#gallery, (_, row) => row);
    this.#map.addAll(other.#map, (_, row) => row);
  }

  /** By index. */
  gallery(): readonly GalleryRow[] {
    return [...this.#gallery.items()].sort((a, b) => a.index - b.index);
  }

  /** By index. */
  map(): readonly MapRow[] {
    return [...this.#map.items()].sort((a, b) => a.index - b.index);
  }
}

function galleryRow({
  embedding: _embedding,
  noteHash: _noteHash,
  device: _device,
  tokens,
  ...row
}: ReportRow): GalleryRow {
  return { ...row, tokens: copyOf(tokens) };
}

function copyOf({ layout, columns, streams }: ReportTokens): ReportTokens {
  let left = MAX_IDS;
  const kept = streams.map((ids) => {
    const length = Math.min(ids.length, left - (left % columns));
    left -= length;
    return ids.slice(0, length);
  });
  return { layout, columns, streams: kept };
}

function mapRow({ index, id, caption, split, features }: ReportRow, embedding: ArrayLike<number>): MapRow {
  const { tempo_bpm: tempo, key, instruments } = features;
  const instrument: unknown = Array.isArray(instruments) ? instruments[0] : undefined;
  return {
    index,
    id,
    caption: caption.slice(0, 400),
    split,
    embedding: Float32Array.from(embedding),
    tempo: typeof tempo === 'number' ? tempo : undefined,
    key: typeof key === 'string' ? key : undefined,
    instrument: typeof instrument === 'string' ? instrument : undefined,
  };
}
