/**
 * How fast a MIDI file becomes token ids, on one core: `npx tsx bench/tokens.ts [rounds]`. Prints medians over rounds in
 * which every contender reads the same POP909 files in turn; machines differ, so only the ratios of one run say something.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tonejs from '@tonejs/midi';
import { parseMidi } from 'midi-file';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { DEFAULT_OPTIONS } from '../src/tokens/default-options.ts';
import { PRESET_NAMES, presetConfig } from '../src/tokens/preset-config.ts';
import { settleConfig } from '../src/tokens/settle-config.ts';
import type { TokenizerConfig } from '../src/tokens/tokenizer-config.ts';

const folder = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const rounds = Number(process.argv[2] ?? 7);
/** Every tenth file: a round of @tonejs/midi over all of them would take ten seconds. */
const STRIDE = 10;

if (existsSync(folder)) compare(readFiles());
else console.log(`skipped: ${folder} is not there`);

interface Contender {
  readonly name: string;
  readonly run: (bytes: Uint8Array) => void;
}

function compare(files: readonly Uint8Array[]): void {
  const contenders = [...decoders(), ...tokenizers()];
  const timesMs = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const milliseconds = timeOne(contender, files);
      if (round >= 0) timesMs[index]?.push(milliseconds);
    }
  }
  const rates = timesMs.map((times) => 1000 / median(times));
  const [tonejsRate = 1, midiFileRate = 1] = rates;
  console.log(`${'files per CPU second, median of'.padEnd(46)} ${rounds} rounds   x @tonejs/midi   x midi-file`);
  for (const [index, { name }] of contenders.entries()) {
    const rate = rates[index] ?? 0;
    console.log(
      `${name.padEnd(46)} ${rate.toFixed(0).padStart(8)} ${(rate / tonejsRate).toFixed(1).padStart(16)} ${(rate / midiFileRate).toFixed(2).padStart(13)}`,
    );
  }
}

function decoders(): readonly Contender[] {
  return [
    { name: '@tonejs/midi decodes', run: (bytes) => new tonejs.Midi(bytes) },
    { name: 'midi-file decodes', run: (bytes) => parseMidi(bytes) },
    { name: 'midiloom decodes', run: (bytes) => decodeMidi(bytes) },
  ];
}

function tokenizers(): readonly Contender[] {
  // MidiTok's own defaults: no programs, so one stream a track and nothing to merge.
  const defaultRemi = settleConfig({ ...DEFAULT_OPTIONS, tokenization: 'REMI' });
  const configs: (readonly [string, TokenizerConfig])[] = [['REMI, MidiTok defaults', defaultRemi]];
  for (const name of PRESET_NAMES) configs.push([`preset ${name}`, presetConfig(name)]);
  return configs.map(([name, config]) => {
    const tokenizer = createTokenizer(config);
    const run = (bytes: Uint8Array): void => {
      const outcome = decodeMidi(bytes);
      if (outcome.ok) tokenizer.encode(outcome.score);
    };
    return { name: `midiloom: file to ids, ${name}`, run };
  });
}

/** CPU milliseconds a file: what else the machine does counts less than in wall time. */
function timeOne({ run }: Contender, files: readonly Uint8Array[]): number {
  const start = process.cpuUsage();
  for (const bytes of files) run(bytes);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / files.length;
}

function readFiles(): readonly Uint8Array[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.mid'));
  return names
    .filter((_, index) => index % STRIDE === 0)
    .map((name) => new Uint8Array(readFileSync(`${folder}${name}`)));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
