/**
 * Makes `test/tokens/miditok-cases.jsonl`: what the real MidiTok says of small random files under random configurations, so
 * that plain tests hold us to it where there is no Python. `npx tsx test/peers/miditok/keep-cases.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeMidi } from '../../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../../src/midi/limits.ts';
import { type MidiEvent, type MidiEvents, writeMidi } from './midi-events.ts';
import { MidiTok } from './miditok.ts';
import { Random } from './random.ts';
import { type ConfigCase, randomConfig, TOKENIZATIONS } from './random-config.ts';
import { randomMidi } from './random-midi.ts';

const CASES_EACH = 12;
const MOST_EVENTS = 60;
const MOST_IDS = 250;

/** What was wrong once, in the order in which it was found. */
const NAMED: readonly (ConfigCase & { readonly name: string; readonly midi: MidiEvents })[] = [
  {
    name: 'a tempo half way between two bins is the lower one where the file has none',
    tokenization: 'TSD',
    options: { use_tempos: true, tempo_range: [60, 180], num_tempos: 32 },
    midi: { division: 480, tracks: [[...note(0, 480, 60)]] },
  },
  {
    name: 'in MIDI-Like with chords the ends of notes come before what begins at the same tick, over all programs',
    tokenization: 'MIDILike',
    options: { use_chords: true, use_programs: true },
    midi: {
      division: 480,
      tracks: [
        track([0, 0xc0, 5], ...note(0, 480, 48), ...note(480, 960, 60, 64, 67)),
        track([0, 0xc0, 9], ...note(0, 480, 50), ...note(480, 960, 52)).map(onChannelTwo),
      ],
    },
  },
  {
    name: 'the only tempo there is, said late, is moved to the start instead of being said twice',
    tokenization: 'REMI',
    options: { use_tempos: true, num_tempos: 1, delete_equal_successive_tempo_changes: true },
    midi: { division: 480, tracks: [[...note(0, 480, 60), [960, 0xff, 0x51, 3, 7, 161, 32]]] },
  },
  ...['Octuple', 'CPWord', 'MIDILike'].map((tokenization) => ({
    name: `where x/4 and x/8 share a piece each has a grid of its own: ${tokenization}`,
    tokenization: tokenization as ConfigCase['tokenization'],
    options: { use_programs: true },
    midi: {
      division: 480,
      tracks: [
        track([0, 0xff, 0x58, 4, 3, 2, 24, 8], [1440, 0xff, 0x58, 4, 3, 3, 24, 8], [2160, 0xff, 0x58, 4, 4, 2, 24, 8]),
        track(...note(30, 700, 60), ...note(1470, 1530, 62), ...note(1500, 2400, 64), ...note(2190, 2400, 65)),
      ],
    },
  })),
  {
    name: 'spans are looked for as NumPy does in a beat_res whose ranges are not in order',
    tokenization: 'Structured',
    options: { beat_res: { '16_24': 4, '8_16': 2, '0_8': 4 } },
    midi: { division: 480, tracks: [track(...note(0, 480, 60), ...note(480, 700, 62), ...note(18_693, 18_933, 53))] },
  },
  {
    name: "PerTok as in the example of MidiTok's documentation",
    tokenization: 'PerTok',
    options: {
      beat_res: { '0_4': 4, '4_12': 3 },
      ticks_per_quarter: 320,
      use_microtiming: true,
      max_microtiming_shift: 0.125,
      num_microtiming_bins: 30,
    },
    midi: { division: 480, tracks: [[...note(7, 333, 60), ...note(475, 700, 62), ...note(2011, 5000, 64)]] },
  },
  ...[0.125, 0.25].map((shift) => ({
    name: `in PerTok a grid without a step puts notes before the start, with a shift of ${shift}`,
    tokenization: 'PerTok' as const,
    options: {
      use_time_signatures: true,
      ticks_per_quarter: 6,
      use_microtiming: true,
      max_microtiming_shift: shift,
      num_microtiming_bins: 30,
    },
    midi: {
      division: 480,
      tracks: [[[87120, 0xff, 0x58, 4, 3, 3, 24, 8]], [...note(0, 4440, 51)]] satisfies MidiEvent[][],
    },
  })),
];

const midiTok = new MidiTok();
const lines: string[] = [];
for (const { name, midi, ...config } of NAMED) {
  const made = await midiTok.make(config);
  const [encoded] = await midiTok.encode([writeMidi(midi)]);
  if ('refused' in made || encoded === undefined || !('streams' in encoded)) throw new Error(`${name} is refused`);
  const [decoded] = await midiTok.decode([encoded.streams]);
  const { tokenization } = config;
  lines.push(JSON.stringify({ name, tokenization, config: made.short, midi, streams: encoded.streams, decoded }));
}
for (const [place, tokenization] of TOKENIZATIONS.entries()) {
  const random = new Random(310 + place);
  for (let kept = 0; kept < CASES_EACH; ) {
    const made = await midiTok.make(randomConfig(random, tokenization));
    const midi = randomMidi(random);
    const read = decodeMidi(writeMidi(midi), { ...DEFAULT_LIMITS, durationSeconds: 1e12, bars: 1e12 });
    // What our reader mends it reads otherwise than symusic.
    if (!read.ok || Object.keys(read.score.repairs).length > 0) continue;
    if ('refused' in made || midi.tracks.flat().length > MOST_EVENTS) continue;
    const [encoded] = await midiTok.encode([writeMidi(midi)]);
    if (encoded === undefined || !('streams' in encoded)) continue;
    const { streams } = encoded;
    const count = streams.flat().length;
    if (count < 8 || count > MOST_IDS) continue;
    const [decoded] = await midiTok.decode([streams]);
    if (decoded === undefined || 'refused' in decoded) continue;
    lines.push(JSON.stringify({ tokenization, config: made.short, midi, streams, decoded }));
    kept += 1;
  }
}
await midiTok.end();
function note(start: number, end: number, ...pitches: readonly number[]): MidiEvent[] {
  return [
    ...pitches.map((pitch): MidiEvent => [start, 0x90, pitch, 80]),
    ...pitches.map((pitch): MidiEvent => [end, 0x80, pitch, 0]),
  ];
}

function track(...events: readonly MidiEvent[]): readonly MidiEvent[] {
  return events.toSorted(([a], [b]) => a - b);
}

function onChannelTwo([tick, status = 0, ...data]: MidiEvent): MidiEvent {
  return [tick, status + 1, ...data];
}

writeFileSync(fileURLToPath(new URL('../../tokens/miditok-cases.jsonl', import.meta.url)), `${lines.join('\n')}\n`);
