/**
 * Agreement of the features with POP909's own annotations (../shared/data/pairs/pop909.jsonl):
 *
 * - key: MIREX weighted score (1 the same key, 0.5 a fifth above or below, 0.3 relative, 0.2 parallel), goal 0.75;
 * - tempo: median tempo within 4 % of the annotation, goal 95 %; half and double tempo apart;
 * - chords: how many of the four chords that a caption names are among the four that sound longest. The thresholds of
 *   recognize-chords.ts were chosen on every third of these songs, so these and the others are printed apart.
 *
 * Run: npx tsx bench/features-accuracy.ts
 */
import { readFileSync } from 'node:fs';
import { extractFeatures, type MidiFeatures } from '../src/features/extract-features.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';

const DATA = new URL('../../shared/data/', import.meta.url);
const PITCH_CLASSES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const OTHER_SPELLINGS: Readonly<Record<string, string>> = { Db: 'C#', 'D#': 'Eb', Gb: 'F#', 'G#': 'Ab', 'A#': 'Bb' };

interface Song {
  readonly midiFile: string;
  readonly bpm: number;
  readonly key: string;
  readonly chords: readonly string[];
}

interface Key {
  readonly tonic: number;
  readonly minor: boolean;
}

const songs = readFileSync(new URL('pairs/pop909.jsonl', DATA), 'utf8').trim().split('\n').map(readSong);
const features = songs.map((song) => describe(song.midiFile));
printKeys();
printTempos();
printChords();

function readSong(line: string): Song {
  const row: {
    midi_file: string;
    text_description: string;
    metadata: { annotated_bpm: number; annotated_key: string };
  } = JSON.parse(line);
  const named = /(?:Chords move around|harmony circles through) ([^.]*?)(?:\.| in [A-G]\S* m)/.exec(
    row.text_description,
  );
  return {
    midiFile: row.midi_file,
    bpm: row.metadata.annotated_bpm,
    key: row.metadata.annotated_key,
    chords: named?.[1]?.split(', ') ?? [],
  };
}

function describe(midiFile: string): MidiFeatures {
  const outcome = decodeMidi(readFileSync(new URL(midiFile, DATA)));
  if (!outcome.ok) throw new Error(`${midiFile}: ${outcome.error.message}`);
  return extractFeatures(outcome.score);
}

function printKeys(): void {
  const relations = new Map<string, number>();
  let score = 0;
  for (const [i, song] of songs.entries()) {
    const [tonic = '', mode = ''] = song.key.split(':');
    const [foundTonic = '', foundMode = ''] = features[i]?.key?.split(' ') ?? [];
    const relation = relationOf(keyOf(foundTonic, foundMode === 'minor'), keyOf(tonic, mode === 'min'));
    relations.set(relation.name, (relations.get(relation.name) ?? 0) + 1);
    score += relation.points;
  }
  const counts = [...relations].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  console.log(`key: MIREX weighted score ${(score / songs.length).toFixed(3)} on ${songs.length} songs (goal 0.75)`);
  console.log(`     ${counts.join(', ')}`);
}

function keyOf(tonic: string, minor: boolean): Key {
  return { tonic: PITCH_CLASSES.indexOf(OTHER_SPELLINGS[tonic] ?? tonic), minor };
}

function relationOf(found: Key, annotated: Key): { name: string; points: number } {
  const up = (found.tonic - annotated.tonic + 12) % 12;
  if (found.minor === annotated.minor) {
    if (up === 0) return { name: 'same', points: 1 };
    if (up === 7 || up === 5) return { name: up === 7 ? 'fifth above' : 'fifth below', points: 0.5 };
  } else {
    if (up === (found.minor ? 9 : 3)) return { name: 'relative', points: 0.3 };
    if (up === 0) return { name: 'parallel', points: 0.2 };
  }
  return { name: 'other', points: 0 };
}

function printTempos(): void {
  let within = 0;
  let octave = 0;
  const others: string[] = [];
  for (const [i, song] of songs.entries()) {
    const found = features[i]?.tempo_bpm ?? 0;
    const isNear = (tempo: number) => Math.abs(tempo / song.bpm - 1) <= 0.04;
    if (isNear(found)) within += 1;
    else if (isNear(found * 2) || isNear(found / 2)) octave += 1;
    else others.push(`${song.midiFile} ${found.toFixed(1)} for ${song.bpm}`);
  }
  const percent = ((100 * within) / songs.length).toFixed(1);
  console.log(`tempo: within 4 % of the annotation ${percent} % of ${songs.length} songs (goal 95 %)`);
  console.log(
    `       off by a factor of two ${octave}, otherwise off ${others.length}${others.map((o) => `\n       ${o}`).join('')}`,
  );
}

function printChords(): void {
  const withChords = songs.flatMap((song, i) => (song.chords.length === 4 ? [{ song, row: features[i] }] : []));
  for (const [label, keep] of [
    ['every third song, used to choose the thresholds', (i: number) => i % 3 === 0],
    ['the other songs', (i: number) => i % 3 !== 0],
  ] as const) {
    const chosen = withChords.filter((_, i) => keep(i));
    let exact = 0;
    let triads = 0;
    for (const { song, row } of chosen) {
      const top = longestChords(row).slice(0, 4);
      exact += overlap(top, song.chords);
      triads += overlap(top.map(triadOf), song.chords.map(triadOf));
    }
    const share = (count: number) => (count / 4 / chosen.length).toFixed(3);
    console.log(
      `chords: ${share(exact)} of those named found (as triads ${share(triads)}), ${label} (${chosen.length})`,
    );
  }
}

function longestChords(row: MidiFeatures | undefined): string[] {
  const seconds = new Map<string, number>();
  for (const [i, chord] of (row?.chords ?? []).entries()) {
    const length = (row?.chord_seconds[i + 1] ?? row?.duration_seconds ?? 0) - (row?.chord_seconds[i] ?? 0);
    seconds.set(chord, (seconds.get(chord) ?? 0) + length);
  }
  return [...seconds].sort((a, b) => b[1] - a[1]).map(([chord]) => chord);
}

function overlap(a: readonly string[], b: readonly string[]): number {
  return new Set(a.filter((chord) => b.includes(chord))).size;
}

function triadOf(chord: string): string {
  return /^([A-G][#b]?(?:m(?!aj))?)/.exec(chord)?.[1] ?? chord;
}
