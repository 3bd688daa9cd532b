import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { silent } from '../../src/log.ts';
import { tokenReader } from '../../src/pipeline/outputs/token-reader.ts';
import { RowArtist } from '../../src/pipeline/row-artist.ts';
import { drawPiece } from '../../src/report/piece-drawing.ts';
import type { GalleryRow } from '../../src/report/sample-rows.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { rowAt } from '../report/sample-report.ts';

const config = presetConfig('tsd');
const { vocabulary } = createTokenizer(config);
const idOf = (token: string): number => vocabulary.columns[0]?.tokens.indexOf(token) ?? 0;
const note = ['Pitch_60', 'Velocity_127', 'Duration_1.0.8', 'TimeShift_1.0.8'].map(idOf);

function row(index: number, ids: readonly number[]): GalleryRow {
  return rowAt(index, { tokens: { layout: 'single', columns: 1, streams: [Uint16Array.from(ids)] } });
}

describe.runIf(availableParallelism() > 1)('rows that are drawn in a thread of their own', () => {
  it('look and sound as those drawn where the page is made, whether asked for before or after it begins', async () => {
    const rows = [row(3, note), row(5, [...note, ...note]), row(8, []), row(9, [65_000])];
    const artist = new RowArtist(config);
    for (const each of rows.slice(0, 2)) artist.draw(each);
    artist.begin();
    for (const each of rows.slice(2)) artist.draw(each);
    const drawings = await artist.drawings();
    const reader = tokenReader(config, silent);
    expect([...drawings]).toEqual(rows.map((each) => [each.index, drawPiece(each, reader)]));
    expect(drawings.get(3)?.shown?.svg).toContain('<path');
    expect(drawings.get(9)).toBeUndefined();
  });

  it('are left to whoever makes the page where the thread does not begin, or ends', async () => {
    const idle = new RowArtist(config);
    idle.draw(row(1, note));
    expect((await idle.drawings()).size).toBe(0);
    const ended = new RowArtist(config);
    ended.draw(row(1, note));
    ended.begin();
    ended.close();
    expect((await ended.drawings()).size).toBe(0);
  });
});
