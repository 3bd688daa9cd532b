/**
 * What holding captions against their music costs beside the MIDI stage (decoding, features, REMI tokens), over POP909 in one thread and
 * in CPU time: `npx tsx bench/claims.ts [rounds]`. Needs ../shared/data. The first rounds cost more, as their code is not compiled
 * yet: the rows are of the second half. The goal is under 5 %, also where every tenth run of rows is shifted, so that neighbours are looked at.
 */
import { existsSync, readFileSync } from 'node:fs';
import { judged } from '../src/claims/agreement.ts';
import { Piece } from '../src/claims/piece.ts';
import { readClaims } from '../src/claims/read-claims.ts';
import { ShiftFinder } from '../src/claims/shift-finder.ts';
import { extractFeatures } from '../src/features/extract-features.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { reportRow } from './report-row.ts';
import { median, runCompiled, secondsOf } from './take-turns.ts';

await runCompiled();

const DATA = new URL('../../shared/data/', import.meta.url);
const rounds = Number(process.argv[2] ?? 16);

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
  const files = rows.map(({ midi_file: file }) => new Uint8Array(readFileSync(new URL(file, DATA))));
  const captions = rows.map(({ text_description: text }) => text);
  const all = Array.from({ length: rounds }, () => measure(files, captions));
  const later = all.slice(rounds >> 1);
  for (const name of ['inOrder', 'shifted'] as const)
    reportRow({
      name: `captions against music, of the MIDI stage${name === 'shifted' ? ', a tenth of the rows shifted' : ''}`,
      figure: 100 * median(later.map((round) => round[name] / round.stage)),
      unit: '%',
      goal: { atMost: 5 },
    });
}

function measure(files: readonly Uint8Array[], captions: readonly string[]): Round {
  const tokenizer = createTokenizer(presetConfig('remi'));
  let facts: ReturnType<typeof extractFeatures>[] = [];
  const stage = secondsOf(() => {
    facts = files.map((bytes) => {
      const outcome = decodeMidi(bytes);
      if (!outcome.ok) throw new Error(outcome.error.message);
      tokenizer.encode(outcome.score);
      return extractFeatures(outcome.score);
    });
  });
  const check = (captionOf: (row: number) => number): number =>
    secondsOf(() => {
      const finder = new ShiftFinder();
      for (const [index, each] of facts.entries()) {
        const caption = captions[captionOf(index)] ?? '';
        const claims = readClaims(caption);
        const piece = new Piece(each);
        finder.add({ index, claims: claims ?? [], piece }, judged(caption, claims, piece));
      }
      finder.end();
    });
  const round = { stage, inOrder: check((row) => row), shifted: check((row) => (row % 300 < 30 ? row + 1 : row)) };
  const each = (seconds: number): string => `${((1e6 * seconds) / files.length).toFixed(1)} us`;
  console.log(`a pair: MIDI stage ${each(stage)}; captions ${each(round.inOrder)}, shifted ${each(round.shifted)}`);
  return round;
}
