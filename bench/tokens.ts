/**
 * How fast a MIDI file becomes token ids, and ids with features, on one core, beside what two other libraries need to
 * decode it, and beside the real MidiTok where `.venv` has it: `npm run build && npx tsx bench/tokens.ts [rounds] [features]`
 * (with `features` only what they cost). It runs what is built, as a worker does.
 */
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { reportRow } from './report-row.ts';
import { type Contender, pop909Paths, rateOf, readPop909, takeTurns } from './take-turns.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
/** MidiTok runs over every so many files: those that all others run over. */
const MIDITOK_STEP = 8;
const PRESETS = ['remi', 'tsd', 'midilike', 'structured', 'cpword', 'octuple'] as const;

/** Those that have no preset, with programs, tempos and time signatures where they have them. */
const WITHOUT_PRESET: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  MuMIDI: { use_tempos: true },
  MMM: { use_tempos: true, additional_params: { base_tokenizer: 'REMI' } },
  PerTok: {
    use_programs: true,
    use_tempos: true,
    additional_params: {
      ticks_per_quarter: 320,
      use_microtiming: true,
      max_microtiming_shift: 0.125,
      num_microtiming_bins: 30,
    },
  },
};
const OTHERS = Object.entries(WITHOUT_PRESET).map(
  ([tokenization, config]) => [tokenization, parseTokenizerConfig(JSON.stringify({ tokenization, config }))] as const,
);
/** MidiTok, as `test/peers` runs it. */
const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? '.venv/bin/python';

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
  ...OTHERS.map(([name, config]) => ({ name: `file to ids, ${name}`, prepare: () => tokenizer(config) })),
  { name: 'preset remi, features', prepare: () => describer(false) },
  { name: 'preset remi, features, hashes', prepare: () => describer(true) },
];
const [TONEJS, MIDI_FILE, REMI] = [0, 1, contenders.findIndex(({ name }) => name.endsWith('preset remi'))];

const rounds = Number(process.argv[2] ?? 5);
if (process.argv[3] === 'features') await compareFeatures(rounds);
else await compare(rounds);

async function compareFeatures(rounds: number): Promise<void> {
  const [features, hashes] = ['features', 'features, hashes'].map((what) =>
    contenders.findIndex(({ name }) => name === `preset remi, ${what}`),
  );
  const taking = [REMI, features, hashes].map((index) => contenders[index ?? -1]);
  const rates = await takeTurns(contenders, rounds, (contender) => taking.includes(contender));
  const withFeatures = rateOf(rates, features ?? -1, REMI);
  reportRow({
    name: 'ids with features, of the rate of ids alone',
    figure: withFeatures,
    unit: '',
    goal: { atLeast: 0.6 },
  });
  console.log(`with hashes too: ${rateOf(rates, hashes ?? -1, REMI).toFixed(2)}`);
}

async function compare(rounds: number): Promise<void> {
  const rates = await takeTurns(contenders, rounds);
  console.log(`Node ${process.version}; ${readPop909().length} files; median of ${rounds} rounds`);
  const miditok = miditokRates();
  console.log(`${'files per CPU second'.padEnd(46)} x @tonejs/midi x midi-file x preset remi  x MidiTok`);
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
      (miditok.has(name) ? ((rate ?? 0) / (miditok.get(name) ?? 1)).toFixed(0) : '').padStart(10),
    );
  }
}

/** Files a CPU second of the real MidiTok, by contender; none where it is not installed. */
function miditokRates(): ReadonlyMap<string, number> {
  const tokenizers = Object.fromEntries([
    ...PRESETS.map((preset) => [`file to ids, preset ${preset}`, createTokenizer(presetConfig(preset)).toJson()]),
    ...OTHERS.map(([name, config]) => [`file to ids, ${name}`, createTokenizer(config).toJson()]),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'miditok-rate-'));
  const input = `${JSON.stringify({ tokenizers, files: pop909Paths(MIDITOK_STEP), folder, rounds: 1 })}\n`;
  const { stdout, status } = spawnSync(PYTHON, ['bench/miditok-rate.py'], { input, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (status !== 0) console.error(`without MidiTok: ${PYTHON} cannot run bench/miditok-rate.py`);
  const lines = (stdout ?? '').split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => JSON.parse(line)).map(({ name, rate }) => [name, rate]));
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
