/**
 * How fast a MIDI file becomes token ids, and ids with features, on one core, beside what two other libraries need to
 * decode it: `npm run build && npx tsx bench/tokens.ts [rounds]`. It runs what is built, as a worker does.
 */
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { parseMidi } from 'midi-file';
import {
  createTokenizer,
  decodeMidi,
  extractFeatures,
  mergeNotes,
  noteContentHash,
  parseTokenizerConfig,
  presetConfig,
  type Score,
  type TokenizerConfig,
} from 'midiloom';
import { type Contender, rateOf, readPop909, takeTurns } from './take-turns.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
const PRESETS = ['remi', 'tsd', 'midilike', 'structured', 'cpword', 'octuple'] as const;

const remi = createTokenizer(presetConfig('remi'));
const contenders: readonly Contender[] = [
  { name: '@tonejs/midi decodes', run: (bytes) => new Midi(bytes) },
  { name: 'midi-file decodes', run: (bytes) => parseMidi(bytes) },
  { name: 'midiloom decodes', run: decode },
  // No programs, so one stream a track and nothing to merge.
  tokenizer('REMI, MidiTok defaults', parseTokenizerConfig('{"tokenization": "REMI", "config": {}}')),
  ...PRESETS.map((preset) => tokenizer(`preset ${preset}`, presetConfig(preset))),
  { name: 'preset remi, features', run: (bytes) => extractFeatures(encode(bytes)) },
  { name: 'preset remi, features, hashes', run: describe },
];
const [TONEJS, MIDI_FILE, REMI] = [0, 1, contenders.findIndex(({ name }) => name.endsWith('preset remi'))];

compare(Number(process.argv[2] ?? 5));

function compare(rounds: number): void {
  const rates = takeTurns(contenders, rounds);
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

function tokenizer(name: string, config: TokenizerConfig): Contender {
  const own = createTokenizer(config);
  return { name: `file to ids, ${name}`, run: (bytes) => own.encode(decode(bytes)) };
}

function decode(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.score;
}

function encode(bytes: Uint8Array): Score {
  const score = decode(bytes);
  remi.encode(score);
  return score;
}

function describe(bytes: Uint8Array): void {
  const score = encode(bytes);
  const notes = mergeNotes(score);
  extractFeatures(score, notes);
  noteContentHash(score, notes);
  hash('sha256', bytes);
  hash('md5', bytes);
}
