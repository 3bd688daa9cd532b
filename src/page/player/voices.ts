/** How the instruments of a General MIDI family sound here: near enough to tell them apart, made of oscillators alone. */
export interface Voice {
  readonly wave: OscillatorType;
  /** Seconds to full loudness. */
  readonly attack: number;
  /** Seconds in which a held note fades to a third; 0 where it stays. */
  readonly decay: number;
  /** Seconds to silence after the note. */
  readonly release: number;
  readonly loudness: number;
  /** Low pass, as a multiple of the note's frequency. */
  readonly brightness: number;
}

const PLUCKED = { attack: 0.004, decay: 0.7, release: 0.12 };
const BLOWN = { attack: 0.04, decay: 0, release: 0.08 };
const BOWED = { attack: 0.09, decay: 0, release: 0.2 };

/** By program divided by eight. */
const FAMILIES: readonly Voice[] = [
  { wave: 'triangle', attack: 0.004, decay: 1.1, release: 0.16, loudness: 0.9, brightness: 6 }, // piano
  { wave: 'sine', attack: 0.002, decay: 0.5, release: 0.3, loudness: 0.9, brightness: 10 }, // chromatic percussion
  { wave: 'square', attack: 0.01, decay: 0, release: 0.05, loudness: 0.32, brightness: 3 }, // organ
  { wave: 'sawtooth', ...PLUCKED, loudness: 0.45, brightness: 4 }, // guitar
  { wave: 'triangle', attack: 0.006, decay: 1.2, release: 0.08, loudness: 1.2, brightness: 4 }, // bass
  { wave: 'sawtooth', ...BOWED, loudness: 0.34, brightness: 4 }, // strings
  { wave: 'sawtooth', ...BOWED, loudness: 0.3, brightness: 3 }, // ensemble
  { wave: 'sawtooth', ...BLOWN, loudness: 0.4, brightness: 5 }, // brass
  { wave: 'square', ...BLOWN, loudness: 0.32, brightness: 4 }, // reed
  { wave: 'sine', ...BLOWN, loudness: 0.75, brightness: 8 }, // pipe
  { wave: 'square', ...BLOWN, loudness: 0.3, brightness: 6 }, // synth lead
  { wave: 'triangle', attack: 0.2, decay: 0, release: 0.5, loudness: 0.5, brightness: 3 }, // synth pad
  { wave: 'triangle', attack: 0.1, decay: 0, release: 0.4, loudness: 0.5, brightness: 5 }, // synth effects
  { wave: 'sawtooth', ...PLUCKED, loudness: 0.4, brightness: 6 }, // ethnic
  { wave: 'sine', attack: 0.002, decay: 0.3, release: 0.1, loudness: 0.9, brightness: 8 }, // percussive
  { wave: 'triangle', ...PLUCKED, loudness: 0.4, brightness: 6 }, // sound effects
];

const PIANO: Voice = { wave: 'triangle', attack: 0.004, decay: 1.1, release: 0.16, loudness: 0.9, brightness: 6 };

export function voiceOf(program: number): Voice {
  return FAMILIES[program >> 3] ?? PIANO;
}
