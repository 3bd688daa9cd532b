import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractFeatures, type MidiFeatures } from '../../src/features/extract-features.ts';
import { noteContentBytes } from '../../src/features/note-content.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { dataDirectory, listMidiFiles, readMidi, skipReason } from '../midi/shared-data.ts';
import { problemsOf } from './check-features.ts';

const TONICS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];
const OTHER_SPELLINGS: Readonly<Record<string, string>> = { 'C#': 'Db', 'F#': 'Gb', 'G#': 'Ab' };

function featuresOf(path: string): MidiFeatures | undefined {
  const outcome = decodeMidi(readMidi(path));
  return outcome.ok ? extractFeatures(outcome.score) : undefined;
}

describe.skipIf(skipReason !== undefined)('of the real files', () => {
  test('every one that can be decoded has every feature, finite and in range', () => {
    const problems: string[] = [];
    let described = 0;
    for (const path of listMidiFiles()) {
      const features = featuresOf(path);
      if (features === undefined) continue;
      described += 1;
      for (const problem of problemsOf(features)) problems.push(`${path}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(described).toBeGreaterThan(1800);
  });

  test('POP909 agrees with its annotations in key (MIREX score 0.75) and tempo (95 % within 4 %)', () => {
    const lines = readFileSync(join(dataDirectory, 'pairs', 'pop909.jsonl'), 'utf8')
      .trim()
      .split('\n');
    let keyScore = 0;
    let nearTempos = 0;
    for (const line of lines) {
      const { midi_file, metadata } = JSON.parse(line);
      const features = featuresOf(midi_file);
      keyScore += mirexScore(features?.key ?? '', metadata.annotated_key);
      nearTempos += Math.abs((features?.tempo_bpm ?? 0) / metadata.annotated_bpm - 1) <= 0.04 ? 1 : 0;
    }
    expect(keyScore / lines.length).toBeGreaterThan(0.75);
    expect(nearTempos / lines.length).toBeGreaterThan(0.95);
  });

  test('a symphony saved at 960 and at 256 ticks a quarter has the same pitches, harmony, bars and repeats', () => {
    const fine = featuresOf('midi/tonejs/midi/beethoven/symphony_7_2_singletrack.mid');
    const coarse = featuresOf('midi/tonejs/midi/beethoven/symphony_7_2.mid');
    const kept = [
      'n_notes',
      'key',
      'pitch_class_histogram',
      'chords',
      'bars',
      'repeated_bar_rate',
      'tempo_term',
    ] as const;
    for (const name of kept) expect(coarse?.[name], name).toEqual(fine?.[name]);
    expect(fine?.ticks_per_quarter).toBe(960);
    expect(coarse?.ticks_per_quarter).toBe(256);
  });

  test('a performance is told from a score', () => {
    expect(featuresOf('midi/miditok/MIDIs_one_track/Maestro_1.mid')?.timing).toBe('performed');
    expect(featuresOf('midi/tonejs/midi/bach/bach_846.mid')?.timing).toBe('quantized');
  });

  test('different songs have different note content', () => {
    const contents = new Set<string>();
    const files = listMidiFiles('midi/pop909').slice(0, 100);
    for (const path of files) {
      const outcome = decodeMidi(readMidi(path));
      if (outcome.ok) contents.add(Buffer.from(noteContentBytes(outcome.score)).toString('latin1'));
    }
    expect(contents.size).toBe(files.length);
  });
});

/** 1 for the same key, 0.5 for a fifth, 0.3 for the relative and 0.2 for the parallel key. */
function mirexScore(found: string, annotated: string): number {
  const [foundTonic = '', foundMode = ''] = found.split(' ');
  const [tonic = '', mode = ''] = annotated.split(':');
  const up = (TONICS.indexOf(OTHER_SPELLINGS[foundTonic] ?? foundTonic) - TONICS.indexOf(tonic) + 12) % 12;
  if (foundMode.slice(0, 3) === mode) return up === 0 ? 1 : up === 7 || up === 5 ? 0.5 : 0;
  if (up === (mode === 'min' ? 3 : 9)) return 0.3;
  return up === 0 ? 0.2 : 0;
}
