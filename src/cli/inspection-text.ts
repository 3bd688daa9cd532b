import type { Score } from '../midi/score.ts';
import { pianoRoll } from '../report/piano-roll.ts';
import type { Fault, Inspection } from '../tools/inspect-midi.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { pianoRollText } from './piano-roll-text.ts';
import { printable } from './printable.ts';
import { treatmentText } from './treatment-text.ts';

/** Faults that are shown; a broken file can have thousands of one kind. */
const SHOWN_FAULTS = 20;

/** An inspection for a person, about `width` characters wide. */
export function inspectionText(score: Score, inspection: Inspection, width: number): string {
  const { features, repairs } = inspection;
  const facts: [string, string][] = [
    [
      'length',
      `${duration(features.duration_seconds)}, ${count(features.bars)} bars, ${count(features.n_notes)} notes`,
    ],
    ['tempo', tempoText(inspection)],
    ['meter', `${features.time_signatures.join(', ')}${features.time_signature_is_stated ? '' : ' (not stated)'}`],
    ['key', keyText(inspection)],
    ['timing', features.timing ?? 'no notes'],
    ['chords', features.chord_summary?.join(' ') ?? 'none recognized'],
    [
      'repairs',
      Object.entries(repairs)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ') || 'none',
    ],
    ['tokens', `${inspection.tokenizer}, ${count(inspection.token_count)} tokens`],
  ];
  const faults = inspection.faults.slice(0, SHOWN_FAULTS).map(faultText);
  const more = inspection.faults.length - faults.length;
  if (more > 0) faults.push(`  and ${count(more)} more (--json shows them)`);
  const tracks = inspection.tracks.map(
    ({ name, instrument, channel, notes }) =>
      `  ${String(channel).padStart(2)}  ${instrument.padEnd(24)} ${count(notes).padStart(7)} notes  ${printable(name)}`,
  );
  const roll = pianoRollText(pianoRoll(score), Math.max(Math.min(width, 120) - 5, 20), 12);
  return [
    ...facts.map(([name, text]) => `${name.padEnd(9)}${text}`),
    '',
    ...tracks,
    '',
    ...(faults.length > 0 ? ['faults, and what was done:', ...faults, ''] : []),
    roll,
    '',
    wrapped(inspection.first_tokens, width),
    '',
  ].join('\n');
}

/** Where a fault is, what was done, and which other readers do otherwise. */
function faultText({ byte, midi_track, done, other_readers }: Fault): string {
  const place = `byte ${byte} (0x${byte.toString(16)})${midi_track === null ? '' : `, track ${midi_track}`}`;
  const others = Object.entries(other_readers).flatMap(([reader, treatments]) => {
    const known = treatmentText(treatments);
    return known === undefined ? [] : [`${reader} ${known}`];
  });
  return `  ${place}: ${done}${others.length > 0 ? `; ${others.join(', ')}` : ''}`;
}

function tempoText({ features }: Inspection): string {
  const { tempo_bpm, tempo_bpm_min, tempo_bpm_max, tempo_changes, tempo_is_stated, tempo_term } = features;
  const range =
    tempo_changes > 0
      ? `, ${tempo_bpm_min.toFixed(0)} to ${tempo_bpm_max.toFixed(0)} in ${count(tempo_changes)} changes`
      : '';
  return `${tempo_bpm.toFixed(1)} BPM (${tempo_term})${range}${tempo_is_stated ? '' : ' (not stated)'}`;
}

function keyText({ features }: Inspection): string {
  const { key, key_confidence, key_runner_up, key_signatures } = features;
  if (key === null) return 'no pitched notes';
  const confidence = key_confidence === null ? '' : ` (${key_confidence.toFixed(2)}, then ${key_runner_up})`;
  return `${key}${confidence}${key_signatures.length > 0 ? `; the file says ${key_signatures.join(', ')}` : ''}`;
}

function wrapped(words: readonly string[], width: number): string {
  const lines: string[] = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line.length > 0 && line.length + word.length + 3 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} · ${word}`;
  }
  return lines.join('\n');
}
