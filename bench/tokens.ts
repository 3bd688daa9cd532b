/**
 * How fast a MIDI file becomes token ids, and ids with features, on one core, beside what two other libraries need to
 * decode it: `npm run build && npx tsx bench/tokens.ts [rounds]`. It runs what is built, as a worker does.
 */
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { parseMidi } from 'midi-file';
import {
  createTokenizer,
  DEFAULT_LIMITS,
  decodeMidi,
  extractFeatures,
  mergeNotes,
  noteContentBytes,
  parseTokenizerConfig,
  presetConfig,
  type Score,
  type TokenizerConfig,
  WorkSpace,
} from 'midiloom';
import { type Contender, rateOf, readPop909, takeTurns } from './take-turns.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
const PRESETS = ['remi', 'tsd', 'midilike', 'structured', 'cpword', 'octuple'] as const;

/** As a worker has it, whose scores are short-lived. */
const memory = new WorkSpace();

const contenders: readonly Contender[] = [
  { name: '@tonejs/midi decodes', prepare: () => (bytes) => new Midi(bytes) },
  { name: 'midi-file decodes', prepare: () => parseMidi },
  { name: 'midiloom decodes', prepare: () => (bytes) => decodeMidi(bytes) },
  { name: 'midiloom decodes, reusing memory', prepare: () => decode },
  // No programs, so one stream a track and nothing to merge.
  {
    name: 'file to ids, REMI, MidiTok defaults',
    prepare: () => tokenizer(parseTokenizerConfig('{"tokenization": "REMI", "config": {}}')),
  },
  ...PRESETS.map((preset) => ({
    name: `file to ids, preset ${preset}`,
    prepare: () => tokenizer(presetConfig(preset)),
  })),
  { name: 'preset remi, features', prepare: () => describer(false) },
  { name: 'preset remi, features, hashes', prepare: () => describer(true) },
];
const [TONEJS, MIDI_FILE, REMI] = [0, 1, contenders.findIndex(({ name }) => name.endsWith('preset remi'))];

await compare(Number(process.argv[2] ?? 5));

async function compare(rounds: number): Promise<void> {
  const rates = await takeTurns(contenders, rounds);
  console.log(`Node ${process.version}; ${readPop909().length} files; median of ${rounds} rounds`);
  console.log(`${'files per CPU second'.padEnd(46)} x @tonejs/midi x midi-file x preset remi`);
  for (const [index, { name }] of contenders.entries()) {
    const [rate, toTonejs, toMidiFile, toRemi] = [undefined, TONEJS, MIDI_FILE, REMI].map((base) =>
      rateOf(rates, index, base),
    );
    console.log(
      name.padEnd(40),
      (rate ?? 0).toFixed(0).padStart(5),
      (toTonejs ?? 0).toFixed(1).padStart(15),
      (toMidiFile ?? 0).toFixed(2).padStart(11),
      (toRemi ?? 0).toFixed(2).padStart(13),
    );
  }
}

function decode(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes, DEFAULT_LIMITS, memory);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.score;
}

function tokenizer(config: TokenizerConfig): (bytes: Uint8Array) => Score {
  const own = createTokenizer(config);
  return (bytes) => {
    const score = decode(bytes);
    own.encode(score, memory);
    return score;
  };
}

function describer(withHashes: boolean): (bytes: Uint8Array) => void {
  const encode = tokenizer(presetConfig('remi'));
  return (bytes) => {
    const score = encode(bytes);
    const notes = mergeNotes(score, memory);
    extractFeatures(score, notes);
    if (!withHashes) return;
    hash('sha256', noteContentBytes(score, notes, memory));
    hash('sha256', bytes);
    hash('md5', bytes);
  };
}
