/**
 * What the search for duplicates costs: `npx tsx bench/duplicates.ts [pieces]` (1,000,000). Prints the CPU time of a sketch
 * beside that of what else is done to a file, then the time and memory of grouping half of the pieces and all of them, and both as
 * a share of a run over them on two cores. The pieces are made: every one is another file, a third are near copies, and figures
 * that all songs share are in every bin. Memory is what
 * each piece adds to the peak of a process from half of them on: before, buffers of a fixed size fill up.
 */
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractFeatures } from '../src/features/extract-features.ts';
import { mergeNotes } from '../src/features/merged-notes.ts';
import { noteContentBytes } from '../src/features/note-content.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import type { Score } from '../src/midi/score.ts';
import { createTempoMap } from '../src/midi/tempo-map.ts';
import { peakDensity } from '../src/quality/peak-density.ts';
import { Spool } from '../src/scratch/spool.ts';
import { DuplicateSearch } from '../src/similarity/duplicate-search.ts';
import { BINS } from '../src/similarity/figure-bins.ts';
import { FILE_HASH_AT, NOTE_HASH_AT, NOTES_AT, OUTLINE_AT, PIECE_BYTES } from '../src/similarity/piece-bytes.ts';
import { sketchScore } from '../src/similarity/sketch-score.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { reportRow } from './report-row.ts';

const folder = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const [asked = '1000000', isChild] = process.argv.slice(2);
const pieces = Number(asked);
const FEW = 1000;
const ROUNDS = 15;
const CORES = 2;

if (isChild === 'made') console.log(JSON.stringify(groupMade(pieces)));
else if (existsSync(folder)) report(measureFiles(readFiles()));
else console.log(`skipped: ${folder} is not there`);

interface FileCosts {
  readonly notes: number;
  /** Decoding, tokens, features, hashes; microseconds of CPU. */
  readonly processing: number;
  readonly merging: number;
  readonly sketching: number;
  readonly peaks: number;
}

interface GroupingCosts {
  /** CPU time of adding the pieces and of grouping them. */
  readonly seconds: number;
  readonly peakBytes: number;
  readonly links: number;
}

function report(file: FileCosts): void {
  const line = (name: string, value: string) => console.log(`${name.padEnd(52)} ${value.padStart(12)}`);
  line('CPU time a file of POP909', `${file.notes.toFixed(0)} notes`);
  line('  decode, tokens, features, hashes', `${file.processing.toFixed(1)} us`);
  line('  sketch, of notes that are merged already', `${file.sketching.toFixed(1)} us`);
  line('  merging the notes, where they are not', `${file.merging.toFixed(1)} us`);
  line('  densest windows, which filters ask for', `${file.peaks.toFixed(1)} us`);
  const half = inOwnProcess(Math.round(pieces / 2));
  line(`grouping ${Math.round(pieces / 2)} made pieces, CPU`, `${half.seconds.toFixed(2)} s`);
  const grouping = inOwnProcess(pieces);
  line(`grouping ${pieces} made pieces, CPU`, `${grouping.seconds.toFixed(2)} s`);
  line('  peak memory of the process', `${(grouping.peakBytes / 1e6).toFixed(0)} MB`);
  const name = `copies search among ${pieces} different pieces, memory of each more`;
  const figure = (grouping.peakBytes - half.peakBytes) / (pieces - Math.round(pieces / 2));
  reportRow({ name, figure, unit: 'bytes', goal: { atMost: 64 } });
  line('  links found', String(grouping.links));
  const run = (file.processing * pieces) / 1e6 / CORES;
  const search = (file.sketching * pieces) / 1e6 / CORES + grouping.seconds;
  line('share of the MIDI stage on two cores', `${((search / (run + search)) * 100).toFixed(1)} %`);
  line('  of it grouping', `${((grouping.seconds / (run + search)) * 100).toFixed(1)} %`);
}

function measureFiles(files: readonly Uint8Array[]): FileCosts {
  const tokenizer = createTokenizer(presetConfig('tsd'));
  const scores = files.map(scoreOf);
  const merged = scores.map((score) => mergeNotes(score));
  const steps = {
    processing: () => {
      for (const bytes of files) {
        const score = scoreOf(bytes);
        tokenizer.encode(score);
        const notes = mergeNotes(score);
        extractFeatures(score, notes);
        hash('sha256', bytes);
        hash('sha256', noteContentBytes(score, notes));
      }
    },
    merging: () => {
      for (const score of scores) mergeNotes(score);
    },
    sketching: () => {
      for (const [at, score] of scores.entries()) sketchScore(score, merged[at]);
    },
    peaks: () => {
      for (const [at, score] of scores.entries()) peakDensity(merged[at] ?? mergeNotes(score), createTempoMap(score));
    },
  };
  const medians = Object.entries(steps).map(([name, step]) => [name, medianCpu(step) / files.length] as const);
  const { processing = 0, merging = 0, sketching = 0, peaks = 0 } = Object.fromEntries(medians);
  const notes = merged.reduce((sum, { count }) => sum + count, 0) / files.length;
  return { notes, processing, merging, sketching, peaks };
}

/** Microseconds: CPU time, for others may use the machine. */
function medianCpu(step: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    step();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

function inOwnProcess(count: number): GroupingCosts {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), String(count), 'made'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function groupMade(count: number): GroupingCosts {
  const stores = { rows: new Spool(), blocks: new Spool() };
  const search = new DuplicateSearch(count, stores);
  let micros = 0;
  const timed = <T>(step: () => T): T => {
    const start = process.cpuUsage();
    const result = step();
    const { user, system } = process.cpuUsage(start);
    micros += user + system;
    return result;
  };
  const batch = Array.from({ length: FEW }, () => new Uint8Array(PIECE_BYTES));
  const random = randomNumbers(1);
  for (let first = 0; first < count; first += FEW) {
    const made = batch.slice(0, count - first);
    for (const [at, packed] of made.entries()) makePiece(packed, batch, first + at, random);
    timed(() => {
      for (const [at, packed] of made.entries()) search.add(first + at, packed);
    });
  }
  const groups = timed(() => search.groups());
  // Before they are counted: each is an object for a moment.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  let links = 0;
  for (const _ of groups.links()) links += 1;
  return { seconds: micros / 1e6, peakBytes, links };
}

/** One in six pieces has the figures of one of the last thousand, one in six most of them; each bin has a common figure in 3 % of pieces. */
function makePiece(packed: Uint8Array, recent: readonly Uint8Array[], index: number, random: () => number): void {
  const origin = recent[Math.floor(random() * Math.min(index, FEW))];
  const kind = origin === undefined ? 2 : Math.floor(random() * 6);
  const keep = kind === 0 ? 1 : kind === 1 ? 0.3 + random() * 0.7 : 0;
  const from = new DataView((origin ?? packed).buffer);
  const view = new DataView(packed.buffer);
  for (let bin = 0; bin < BINS; bin++) {
    const own = random() < 0.03 ? 1 + bin : 1 + Math.floor(random() * 65_535);
    view.setUint16(bin * 2, random() < keep ? from.getUint16(bin * 2, true) : own, true);
  }
  view.setUint32(OUTLINE_AT, index + 1, true);
  view.setUint32(NOTE_HASH_AT, Math.imul(index + 1, 0x9e3779b1), true);
  view.setUint32(NOTE_HASH_AT + 4, index, true);
  view.setUint32(NOTES_AT, 1, true);
  view.setUint32(FILE_HASH_AT, index, true);
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function scoreOf(bytes: Uint8Array): Score {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.score;
}

function readFiles(): readonly Uint8Array[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.mid'));
  return names.filter((_, at) => at % 5 === 0).map((name) => new Uint8Array(readFileSync(`${folder}${name}`)));
}
