/**
 * How well copies are found: `npx tsx scripts/measure-duplicates.ts`. Precision and recall over the pairs of arrangements
 * and their versions in POP909 (`song_id` is the truth; nothing but the MIDI files is looked at), and what is found among
 * its 909 songs, which ought to be different ones.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Spool } from '../src/scratch/spool.ts';
import { compareSignatures } from '../src/similarity/compare-signatures.ts';
import type { DuplicateGroups } from '../src/similarity/duplicate-groups.ts';
import { DuplicateSearch } from '../src/similarity/duplicate-search.ts';
import { BINS } from '../src/similarity/figure-bins.ts';
import { NEAR_SIMILARITY } from '../src/similarity/near-search.ts';
import { type Piece, packPiece } from '../src/similarity/piece-bytes.ts';
import { pieceOfBytes } from './duplicates/piece-of-bytes.ts';
import { type PairScores, scorePairs } from './duplicates/score-pairs.ts';

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url));

if (existsSync(data)) {
  measureVersions();
  measureSongs();
} else console.log(`skipped: ${data} is not there`);

interface Line {
  readonly file: string;
  readonly song: string;
  readonly text: string;
}

function measureVersions(): void {
  const lines = readLines('pairs/pop909_versions.jsonl');
  const pieces = piecesOf(lines);
  const groups = groupsOf(pieces);
  const songs = lines.map(({ song }) => song);
  const scores = scorePairs(groups, songs);
  console.log(`versions of ${new Set(songs).size} songs: ${lines.length} files, ${scores.truePairs} pairs of one song`);
  console.log(
    `  precision ${percent(scores.precision)}, recall ${percent(scores.recall)} (${scores.foundPairs} pairs found)`,
  );
  console.log(`  links: ${countKinds([...groups.links()])}`);
  printConfused(scores, lines);
  printSimilarities(pieces, songs);
}

function measureSongs(): void {
  const lines = readLines('pairs/pop909.jsonl');
  const pieces = piecesOf(lines);
  const groups = groupsOf(pieces);
  const songs = lines.map(({ file }) => file);
  console.log(`\n${lines.length} songs, one file each: ${[...groups.links()].length} links`);
  printConfused(
    scorePairs(groups, songs),
    lines.map((line) => ({ ...line, song: line.file })),
  );
  printSimilarities(pieces, songs);
}

/** In how many bins pairs of the same and of different songs agree: how far apart the two are. */
function printSimilarities(pieces: readonly Piece[], songs: readonly string[]): void {
  const same: number[] = [];
  const different = new Array<number>(BINS + 1).fill(0);
  for (let left = 0; left < songs.length; left++) {
    for (let right = left + 1; right < songs.length; right++) {
      const equal = compareSignatures(figuresOf(pieces, left), 0, figuresOf(pieces, right), 0) >>> 8;
      if (songs[left] === songs[right]) same.push(equal);
      else different[equal] = (different[equal] ?? 0) + 1;
    }
  }
  same.sort((a, b) => a - b);
  const at = (share: number) => same[Math.floor(share * same.length)] ?? 0;
  console.log(`  equal bins of ${BINS}; near copies have ${Math.ceil(BINS * NEAR_SIMILARITY)} or more`);
  if (same.length > 0)
    console.log(`    same song: 1 % below ${at(0.01)}, 5 % below ${at(0.05)}, half below ${at(0.5)}`);
  const tail = different.flatMap((count, equal) => (equal >= 5 && count > 0 ? [`${equal}: ${count}`] : []));
  console.log(`    different songs, bins: pairs, from 5 on: ${tail.join('  ')}`);
}

function printConfused({ confused }: PairScores, lines: readonly Line[]): void {
  for (const [songs, pairs] of confused) {
    const [left, right] = songs.split(' and ').map((song) => lines.find((line) => line.song === song)?.text ?? song);
    console.log(`  taken for one song (${pairs} pairs): ${songs}\n    ${left}\n    ${right}`);
  }
}

function figuresOf(pieces: readonly Piece[], index: number): Uint16Array {
  return pieces[index]?.sketch.figures ?? new Uint16Array(BINS);
}

function piecesOf(lines: readonly Line[]): readonly Piece[] {
  return lines.map(({ file }) => pieceOfBytes(new Uint8Array(readFileSync(join(data, file)))));
}

function groupsOf(pieces: readonly Piece[]): DuplicateGroups {
  const search = new DuplicateSearch(pieces.length, { rows: new Spool(), blocks: new Spool() });
  for (const [index, piece] of pieces.entries()) search.add(index, packPiece(piece));
  return search.groups();
}

function readLines(path: string): readonly Line[] {
  const text = readFileSync(join(data, path), 'utf8').trimEnd();
  return text.split('\n').map((line) => {
    const { midi_file: file, song_id: song, text_description: description } = JSON.parse(line);
    return { file: String(file), song: String(song), text: String(description) };
  });
}

function countKinds(links: readonly { readonly kind: string }[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of links) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
