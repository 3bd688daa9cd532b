/**
 * What holding captions against their music costs beside the MIDI stage (what a worker does with a file: it reads, decodes, makes REMI ids,
 * features, hashes and the record), over POP909 in one thread and in CPU time: `npx tsx bench/claims.ts [rounds] [pairs in a batch]`.
 * Needs ../shared/data. The first rounds cost more, as their code is not compiled yet: the rows are of the second half. The goal is
 * under 5 %, also where every tenth run of rows is shifted, so that neighbours are looked at.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judged } from '../src/claims/agreement.ts';
import { Piece } from '../src/claims/piece.ts';
import { pieceFactsOf } from '../src/claims/piece-facts.ts';
import { readClaims } from '../src/claims/read-claims.ts';
import { ShiftFinder } from '../src/claims/shift-finder.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { unpackMidiRecord } from '../src/worker/midi-record.ts';
import { createMidiProcessor } from '../src/worker/process-midi.ts';
import { USUAL_SETTINGS } from '../test/worker/usual-settings.ts';
import { reportRow } from './report-row.ts';
import { median, runCompiled, secondsOf } from './take-turns.ts';

await runCompiled();

const DATA = new URL('../../shared/data/', import.meta.url);
const ORDERS = ['inOrder', 'shifted'] as const;
const rounds = Number(process.argv[2] ?? 16);
const batchPairs = Number(process.argv[3] ?? 32);

const SETTINGS = {
  ...USUAL_SETTINGS,
  midiRoot: fileURLToPath(DATA),
  tokenizer: presetConfig('remi'),
} as const;

interface Round {
  readonly stage: number;
  readonly inOrder: number;
  readonly shifted: number;
}

if (!existsSync(DATA)) {
  console.log(`skipped: ${DATA.pathname} is not there`);
} else {
  const rows = readFileSync(new URL('pairs/pop909.jsonl', DATA), 'utf8')
    .trim()
    .split('\n')
    .map((line): { readonly midi_file: string; readonly text_description: string } => JSON.parse(line));
  const files = rows.map(({ midi_file: file }) => file);
  const captions = rows.map(({ text_description: text }) => text);
  const all = Array.from({ length: rounds }, () => measure(files, captions));
  const later = all.slice(rounds >> 1);
  for (const order of ORDERS)
    reportRow({
      name: `captions against music, of the MIDI stage${order === 'shifted' ? ', a tenth shifted' : ''}`,
      figure: 100 * median(later.map((round) => round[order] / round.stage)),
      unit: '%',
      goal: { atMost: 5 },
    });
}

/**
 * A batch at a time. The smaller it is, the more a caption costs: code and words have left the processor's caches when the other's
 * turn ends.
 */
function measure(files: readonly string[], captions: readonly string[]): Round {
  const processMidi = createMidiProcessor(SETTINGS, undefined);
  const finders = { inOrder: new ShiftFinder(), shifted: new ShiftFinder() };
  const seconds = { stage: 0, inOrder: 0, shifted: 0 };
  const captionOf = {
    inOrder: (row: number) => captions[row] ?? '',
    shifted: (row: number) => captions[row % 300 < 30 ? row + 1 : row] ?? '',
  };
  for (let first = 0; first < files.length; first += batchPairs) {
    let outcomes: ReturnType<typeof processMidi>[] = [];
    seconds.stage += secondsOf(() => {
      outcomes = files
        .slice(first, first + batchPairs)
        .map((midiFile, at) => processMidi({ index: first + at, midiFile }));
    });
    const facts = outcomes.map((outcome) => {
      if (!outcome.ok) throw new Error(outcome.error);
      return pieceFactsOf(unpackMidiRecord(outcome.bytes).metadata);
    });
    for (const order of ORDERS)
      seconds[order] += secondsOf(() => {
        for (const [at, each] of facts.entries()) {
          const caption = captionOf[order](first + at);
          const claims = readClaims(caption);
          if (each === undefined) continue;
          const piece = new Piece(each);
          finders[order].add({ index: first + at, claims: claims ?? [], piece }, judged(caption, claims, piece));
        }
      });
  }
  for (const order of ORDERS) seconds[order] += secondsOf(() => finders[order].end());
  const each = (figure: number): string => `${((1e6 * figure) / files.length).toFixed(1)} us`;
  const { stage, inOrder, shifted } = seconds;
  console.log(`a pair: MIDI stage ${each(stage)}; captions ${each(inOrder)}, shifted ${each(shifted)}`);
  return seconds;
}
