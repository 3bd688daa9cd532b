/**
 * What the search for duplicates costs: `npx tsx bench/duplicates.ts [pieces]` (100,000). Prints the CPU time of a sketch
 * beside that of what else is done to a file, then the time and memory of grouping that many pieces, and both as a share
 * of a run over them on two cores. A third of the pieces are copies; figures that all songs share are in every bin.
 */
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
import { BINS } from '../src/similarity/figure-bins.ts';
import { groupDuplicates } from '../src/similarity/group-duplicates.ts';
import { packPiece } from '../src/similarity/piece-bytes.ts';
import { PieceTable } from '../src/similarity/piece-table.ts';
import { sketchScore } from '../src/similarity/sketch-score.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { reportRow } from './report-row.ts';

const folder = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const pieces = Number(process.argv[2] ?? 100_000);
const ROUNDS = 15;
const CORES = 2;

if (existsSync(folder)) report(measureFiles(readFiles()), measureGrouping());
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
  readonly seconds: number;
  readonly bytesPerPiece: number;
  readonly links: number;
}

function report(file: FileCosts, grouping: GroupingCosts): void {
  const line = (name: string, value: string) => console.log(`${name.padEnd(52)} ${value.padStart(12)}`);
  line('CPU time a file of POP909', `${file.notes.toFixed(0)} notes`);
  line('  decode, tokens, features, hashes', `${file.processing.toFixed(1)} us`);
  line('  sketch, of notes that are merged already', `${file.sketching.toFixed(1)} us`);
  line('  merging the notes, where they are not', `${file.merging.toFixed(1)} us`);
  line('  densest windows, which filters ask for', `${file.peaks.toFixed(1)} us`);
  line(`grouping ${pieces} pieces`, `${grouping.seconds.toFixed(2)} s`);
  const name = `copies search among ${pieces} pieces, typed arrays a piece`;
  reportRow({ name, figure: grouping.bytesPerPiece, unit: 'bytes', goal: { atMost: 64 } });
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

function measureGrouping(): GroupingCosts {
  const table = new PieceTable(pieces);
  fillTable(table);
  const before = process.memoryUsage().arrayBuffers;
  const start = process.cpuUsage();
  const groups = groupDuplicates(table);
  const { user, system } = process.cpuUsage(start);
  const added = process.memoryUsage().arrayBuffers - before;
  return { seconds: (user + system) / 1e6, bytesPerPiece: 169 + added / pieces, links: [...groups.links()].length };
}

/** One in six pieces is a copy of an earlier one, one in six a near copy; each bin has a common figure in 3 % of pieces. */
function fillTable(table: PieceTable): void {
  const random = randomNumbers(1);
  const recent: Uint16Array[] = [];
  for (let index = 0; index < pieces; index++) {
    const origin = recent[Math.floor(random() * recent.length)];
    const kind = origin === undefined ? 2 : Math.floor(random() * 6);
    const keep = kind === 0 ? 1 : kind === 1 ? 0.3 + random() * 0.7 : 0;
    const figures = Uint16Array.from({ length: BINS }, (_, bin) => {
      if (random() < keep) return origin?.[bin] ?? 1;
      return random() < 0.03 ? 1 + bin : 1 + Math.floor(random() * 65_535);
    });
    const known = hash('sha256', String(index));
    const sketch = { figures, outline: BigInt(index + 1) };
    table.set(index, packPiece({ sha256: known, noteHash: known, notes: 1, sketch }));
    recent[index % 1000] = figures;
  }
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
