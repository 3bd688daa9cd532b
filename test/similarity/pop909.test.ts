import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pieceOfBytes } from '../../scripts/duplicates/piece-of-bytes.ts';
import { scorePairs } from '../../scripts/duplicates/score-pairs.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import type { Score } from '../../src/midi/score.ts';
import { sketchScore } from '../../src/similarity/sketch-score.ts';
import { dataDirectory, listMidiFiles, readMidi, skipReason } from '../midi/shared-data.ts';
import { groupsOf } from './pieces.ts';

describe.skipIf(skipReason !== undefined)('on POP909', () => {
  it('versions of a song are found with precision over 0.98 and recall over 0.9, by the MIDI files alone', () => {
    const lines = readFileSync(join(dataDirectory, 'pairs/pop909_versions.jsonl'), 'utf8').trimEnd().split('\n');
    const pairs: { midi_file: string; song_id: string }[] = lines.map((line) => JSON.parse(line));
    const groups = groupsOf(pairs.map(({ midi_file }) => pieceOfBytes(readMidi(midi_file))));
    const { precision, recall, truePairs } = scorePairs(
      groups,
      pairs.map(({ song_id }) => song_id),
    );
    console.log(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${truePairs} pairs`);
    expect(precision).toBeGreaterThan(0.98);
    expect(recall).toBeGreaterThan(0.9);
  });

  it('a performance that was transposed, slowed down and rounded to a coarse resolution is found', () => {
    const scores = listMidiFiles('midi/pop909')
      .filter((_, at) => at % 12 === 0)
      .map(readScore);
    const originals = scores.map((score) => pieceOf(score));
    const copies = scores.map((score) => pieceOf(retimed(transposed(score, 3), 192)));
    const groups = groupsOf([...originals, ...copies]);
    const kinds = scores.map((_, at) => groups.linksOf(at + scores.length)[0]?.kind ?? 'none');
    expect(kinds.filter((kind) => kind === 'none')).toEqual([]);
    expect(kinds.filter((kind) => kind === 'transposed').length).toBeGreaterThan(scores.length * 0.9);
    expect([...groups.links()]).toHaveLength(scores.length);
  });
});

function readScore(path: string): Score {
  const decoded = decodeMidi(readMidi(path));
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.score;
}

function pieceOf(score: Score) {
  const hash = createHash('sha256').update(JSON.stringify(score.tracks)).digest('hex');
  return { sha256: hash, noteHash: hash, notes: 1, sketch: sketchScore(score) };
}

function transposed(score: Score, by: number): Score {
  const tracks = score.tracks.map((track) => ({
    ...track,
    notes: { ...track.notes, pitch: track.isDrum ? track.notes.pitch : track.notes.pitch.map((pitch) => pitch + by) },
  }));
  return { ...score, tracks };
}

function retimed(score: Score, ticksPerQuarter: number): Score {
  const scale = ticksPerQuarter / score.ticksPerQuarter;
  const tracks = score.tracks.map((track) => ({
    ...track,
    notes: { ...track.notes, onset: track.notes.onset.map((onset) => Math.round(onset * scale)) },
  }));
  return { ...score, tracks, ticksPerQuarter };
}
