import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeDataset } from '../../../src/dataset/merge-dataset.ts';
import { mergeInput } from '../../dataset/synthetic-run.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = missingPeers('duckdb', 'polars', 'pyarrow');
const ROWS = 1_500;

/** Rows of some 40 KB, so that there are several row groups of 16 MB. */
function tokensOf(index: number) {
  const ids = Uint16Array.from({ length: 10_000 }, (_, at) => (index + at) % 300);
  return { layout: 'single', columns: 1, streams: [ids] } as const;
}

describe.skipIf(missing !== undefined)('a filter on a Parquet file', () => {
  let peer: Peer;
  let folder: string;
  beforeAll(async () => {
    peer = new Peer('readers/row-groups.py');
    folder = mkdtempSync(join(tmpdir(), 'midiloom-row-groups-'));
    const captionOf = (index: number) => `${index < 100 ? 'early' : 'late'} caption`;
    await mergeDataset(mergeInput({ total: ROWS, tokensOf, captionOf }, folder));
  });
  afterAll(async () => {
    await peer.end();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['index', null, 700, 1, 1],
    ['id', null, '00000700', 1, 1],
    ['midi_metadata', 'n_notes', 3, 1, 1],
    ['midi_metadata', 'tempo_bpm', -1, 0, 0],
    ['text_description', null, 'early caption', 100, 1],
    ['split', null, 'test', 0, 0],
    ['text_features', 'encoder', 'transformers', 0, 0],
  ])('on %s %s leaves out the row groups that cannot have %s', async (column, field, value, rows, most) => {
    const found = await peer.ask({
      file: join(folder, 'dataset/data/train-00000-of-00001.parquet'),
      column,
      field,
      value,
    });
    expect(found).toMatchObject({ rows: [rows, rows, rows] });
    const { groups, left } = found as { groups: number; left: number };
    expect(groups).toBeGreaterThan(3);
    expect(left).toBeLessThanOrEqual(most === 0 ? 0 : groups - 2);
  });
});
