/**
 * What holding captions against their music costs beside the MIDI stage (decoding, features, REMI tokens), over POP909 in one thread:
 * `npx tsx bench/claims.ts [rounds]`. Needs ../shared/data. The first rounds cost more, as their code is not compiled yet. The goal is
 * under 5 %, also where every tenth run of rows is shifted, so that neighbours are looked at.
 */
import { readFileSync } from 'node:fs';
import { judged } from '../src/claims/agreement.ts';
import { readClaims } from '../src/claims/read-claims.ts';
import { ShiftFinder } from '../src/claims/shift-finder.ts';
import { extractFeatures } from '../src/features/extract-features.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { secondsOf } from './take-turns.ts';

const DATA = new URL('../../shared/data/', import.meta.url);
const rounds = Number(process.argv[2] ?? 8);
const rows = readFileSync(new URL('pairs/pop909.jsonl', DATA), 'utf8')
  .trim()
  .split('\n')
  .map((line): { readonly midi_file: string; readonly text_description: string } => JSON.parse(line));
const files = rows.map(({ midi_file: file }) => new Uint8Array(readFileSync(new URL(file, DATA))));
const captions = rows.map(({ text_description: text }) => text);
const tokenizer = createTokenizer(presetConfig('remi'));

for (let round = 0; round < rounds; round++) {
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
      for (const [index, piece] of facts.entries()) {
        const caption = captions[captionOf(index)] ?? '';
        const claims = readClaims(caption);
        finder.add({ index, claims: claims ?? [], facts: piece }, judged(caption, claims, piece));
      }
      finder.end();
    });
  const inOrder = check((row) => row);
  const shifted = check((row) => (row % 300 < 30 ? row + 1 : row));
  const percent = (seconds: number): string => `${((100 * seconds) / stage).toFixed(1)} %`;
  console.log(
    `MIDI stage ${stage.toFixed(2)} s; captions ${inOrder.toFixed(3)} s, ${percent(inOrder)}; a tenth of the rows shifted ${percent(shifted)}`,
  );
}
