import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { combination } from '../../../src/augmentation/music-change.ts';
import { createTokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { type PresetName, presetConfig } from '../../../src/tokens/preset-config.ts';
import { createChangeProcessor } from '../../../src/worker/change-midi.ts';
import { unpackChangedPieces } from '../../../src/worker/changed-pieces.ts';
import { unpackMidiRecord } from '../../../src/worker/midi-record.ts';
import { dataDirectory, listMidiFiles, skipReason } from '../../midi/shared-data.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { USUAL_SETTINGS } from '../../worker/usual-settings.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = skipReason ?? missingPeers('miditok', 'symusic');
const folder = temporaryFolder('augmentation');
const midiFiles = [
  ...listMidiFiles('midi/pop909').slice(0, 4),
  ...listMidiFiles('midi/miditok/MIDIs_multitrack').slice(0, 10),
  ...listMidiFiles('midi/miditok/MIDIs_one_track').slice(0, 6),
];
const grid = {
  transpose: [-12, -5, 0, 3, 6],
  tempo: [0.85, 1, 1.1],
  velocity: [-25, 0, 40],
};

describe.skipIf(missing !== undefined)('scores that symusic changes', () => {
  const peer = new Peer('miditok/augment.py');
  afterAll(() => peer.end());

  it.each<PresetName>(['tsd', 'remi', 'midilike', 'structured', 'cpword', 'octuple'])(
    'have in MidiTok the ids of our copies: %s',
    async (preset) => {
      const tokenizer = presetConfig(preset);
      const file = join(folder, `${preset}.json`);
      writeFileSync(file, createTokenizer(tokenizer).toJson());
      const changeMidi = createChangeProcessor({
        ...USUAL_SETTINGS,
        midiRoot: dataDirectory,
        maxFileBytes: 1e8,
        tokenizer,
      });
      const copies = midiFiles.flatMap((midiFile, index) => {
        const sha256 = createHash('sha256')
          .update(readFileSync(join(dataDirectory, midiFile)))
          .digest('hex');
        const changes = { sha256, grid, copies: 4, lot: midiFile, mustDiffer: true } as const;
        const outcome = changeMidi({ index, midiFile, changes });
        if (!outcome.ok) return [];
        return unpackChangedPieces(outcome.bytes).pieces.flatMap(({ change, record }) => {
          const { tokens, metadata } = unpackMidiRecord(record);
          // Where ours is read otherwise than symusic reads it, a repair says so.
          if (Object.keys(Object(metadata.repairs)).length > 0) return [];
          const { columns, streams } = tokens;
          const rows = streams.map((ids) => rowsOf([...ids], columns));
          return [{ case: { file: join(dataDirectory, midiFile), ...combination(grid, change) }, ids: rows }];
        });
      });
      expect(copies.length).toBeGreaterThan(40);
      const answer = await peer.ask({ tokenizer: file, cases: copies.map((copy) => copy.case) });
      if (!Array.isArray(answer)) throw new TypeError('no list of ids');
      for (const [at, copy] of copies.entries()) expect([copy.case, answer[at]]).toEqual([copy.case, copy.ids]);
    },
  );
});

function rowsOf(ids: readonly number[], columns: number): readonly unknown[] {
  if (columns === 1) return ids;
  return Array.from({ length: ids.length / columns }, (_, row) => ids.slice(row * columns, (row + 1) * columns));
}
