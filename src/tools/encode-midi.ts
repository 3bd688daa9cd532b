import toneMidi from '@tonejs/midi';
import type { Score, Track } from '../midi/score.ts';

// A CommonJS package: its class is a member of what Node imports.
const { Midi } = toneMidi;

const DRUM_CHANNEL = 9;
/** Channels for pitched parts; parts past the fifteenth share them. */
const PITCHED_CHANNELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15] as const;

/**
 * A score as the bytes of a standard MIDI file (format 1), written by `@tonejs/midi`. Notes, programs, tempos, time
 * signatures, sustain pedals and pitch bends are kept; other controls, lyrics and markers are not.
 */
export function encodeMidi(score: Score): Uint8Array {
  const midi = new Midi();
  midi.header.fromJSON({
    name: '',
    ppq: score.ticksPerQuarter,
    meta: [],
    keySignatures: [],
    // The library floors: half a unit more survives its arithmetic as the same integer.
    tempos: Array.from(score.tempos.tick, (ticks, index) => ({
      ticks,
      bpm: 60_000_000 / ((score.tempos.microsecondsPerQuarter[index] ?? 500_000) + 0.5),
    })),
    timeSignatures: Array.from(score.timeSignatures.tick, (ticks, index) => ({
      ticks,
      timeSignature: [score.timeSignatures.numerator[index] ?? 4, score.timeSignatures.denominator[index] ?? 4],
    })),
  });
  let pitched = 0;
  for (const track of score.tracks) {
    const channel = track.isDrum ? DRUM_CHANNEL : (PITCHED_CHANNELS[pitched++ % PITCHED_CHANNELS.length] ?? 0);
    addTrack(midi, track, channel);
  }
  return midi.toArray();
}

function addTrack(
  midi: InstanceType<typeof Midi>,
  { name, program, notes, pedals, pitchBends }: Track,
  channel: number,
): void {
  const track = midi.addTrack();
  track.name = name;
  track.channel = channel;
  track.instrument.number = program;
  for (const [index, ticks] of notes.onset.entries()) {
    track.addNote({
      midi: notes.pitch[index] ?? 0,
      ticks,
      durationTicks: notes.duration[index] ?? 0,
      velocity: ((notes.velocity[index] ?? 0) + 0.5) / 127,
    });
  }
  for (const [index, ticks] of pedals.onset.entries()) {
    track.addCC({ number: 64, ticks, value: 1 });
    track.addCC({ number: 64, ticks: ticks + (pedals.duration[index] ?? 0), value: 0 });
  }
  for (const [index, ticks] of pitchBends.tick.entries()) {
    track.addPitchBend({ ticks, value: (pitchBends.value[index] ?? 0) / 8192 });
  }
}
