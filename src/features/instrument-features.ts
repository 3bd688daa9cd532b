import type { MidiFeatures } from './feature-schema.ts';
import { instrumentFamily, instrumentName } from './general-midi.ts';
import { DRUMS } from './merged-notes.ts';
import type { NoteTally } from './note-tally.ts';
import { rounded } from './rounded.ts';

type InstrumentFeatures = Pick<
  MidiFeatures,
  | 'programs'
  | 'instruments'
  | 'instrument_families'
  | 'instrument_shares'
  | 'n_instruments'
  | 'has_drums'
  | 'n_drum_notes'
>;

/**
 * Who plays: General MIDI programs, the longest sounding first (MidiCaps sorts `instrument_numbers_sorted` by play
 * duration too), equals by number. A note of n ticks counts n; sustain pedals do not count.
 */
export function instrumentFeatures(tally: NoteTally): InstrumentFeatures {
  const { programs: counts, programTicks: ticks, ticks: total } = tally;
  const programs: number[] = [];
  for (let program = 0; program <= DRUMS; program++) if ((counts[program] ?? 0) > 0) programs.push(program);
  programs.sort((a, b) => (ticks[b] ?? 0) - (ticks[a] ?? 0) || a - b);
  const drumNotes = counts[DRUMS] ?? 0;
  return {
    programs,
    instruments: programs.map(instrumentName),
    instrument_families: familiesByTime(programs, ticks),
    instrument_shares: programs.map((program) => (total > 0 ? rounded((ticks[program] ?? 0) / total) : 0)),
    n_instruments: programs.length,
    has_drums: drumNotes > 0,
    n_drum_notes: drumNotes,
  };
}

function familiesByTime(programs: readonly number[], ticks: Float64Array): string[] {
  const families = new Map<string, number>();
  for (const program of programs) {
    const family = instrumentFamily(program);
    families.set(family, (families.get(family) ?? 0) + (ticks[program] ?? 0));
  }
  return [...families].sort(([, a], [, b]) => b - a).map(([family]) => family);
}
