/**
 * How well captions are held against their music: `npx tsx scripts/measure-agreement.ts [FILE...]`. Needs ../shared/data (POP909, whose
 * keys and tempi people annotated). Captions in five styles were written, six times, by somebody who had not seen the code that
 * reads them; what it made of five of them was looked at and mended afterwards, of the third set (fresh.ts) and the later ones after their
 * figures were known. What to expect of other captions, only the one that nobody has looked at says: closed/.
 * A FILE is a module that exports a list of further styles, such as captions by somebody new.
 *
 * - Claims read: of the claims that are read, those that the caption states (precision); of those it states, those read (recall).
 * - Contradictions: in every other caption one statement is made wrong. Of the claims that the music is said to contradict,
 *   those that were made wrong (precision); of those that were, those said to be (recall).
 * - Shifts: rows of POP909's own captions moved by 1, 2, 5 over 10 to 300 rows in random orders; found means one stretch with the
 *   right offset and ends within 5 rows. And alarms over sets in order.
 */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { judged } from '../src/claims/agreement.ts';
import type { Claim } from '../src/claims/claim.ts';
import { Piece } from '../src/claims/piece.ts';
import { readClaims } from '../src/claims/read-claims.ts';
import { type Shift, ShiftFinder } from '../src/claims/shift-finder.ts';
import { extractFeatures } from '../src/features/extract-features.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import { seededRandom } from '../test/seeded-random.ts';
import { closed } from './agreement/closed/closed.ts';
import { FIFTH } from './agreement/fifth/fifth.ts';
import { FOURTH } from './agreement/fourth/fourth.ts';
import { FRESH } from './agreement/fresh.ts';
import { KEPT_APART } from './agreement/kept-apart.ts';
import { makeWrong, type WrongKind } from './agreement/make-wrong.ts';
import { SEEN } from './agreement/seen.ts';
import type { KnownPiece, Stated, Style } from './agreement/style.ts';

const DATA = new URL('../../shared/data/', import.meta.url);
const CLEAN_SETS = 200;
const STATED_KINDS: ReadonlySet<string> = new Set(['key', 'tempo', 'tempo_word', 'meter', 'instrument', 'duration']);

interface Song {
  readonly known: KnownPiece;
  readonly piece: Piece;
  readonly caption: string;
}

class Tally {
  read = 0;
  readRightly = 0;
  stated = 0;
  statedAndRead = 0;
  alarms = 0;
  rightAlarms = 0;
  wrong = 0;
  wrongFound = 0;

  addAll(other: Tally): void {
    this.read += other.read;
    this.readRightly += other.readRightly;
    this.stated += other.stated;
    this.statedAndRead += other.statedAndRead;
    this.alarms += other.alarms;
    this.rightAlarms += other.rightAlarms;
    this.wrong += other.wrong;
    this.wrongFound += other.wrongFound;
  }

  text(): string {
    const share = (part: number, whole: number): string => `${(part / whole).toFixed(3)} (${part}/${whole})`;
    return (
      `claims read: precision ${share(this.readRightly, this.read)}, recall ${share(this.statedAndRead, this.stated)}; ` +
      `contradictions: precision ${share(this.rightAlarms, this.alarms)}, recall ${share(this.wrongFound, this.wrong)}`
    );
  }
}

if (!existsSync(new URL('pairs/pop909.jsonl', DATA))) {
  console.log('skipped: ../shared/data is not there');
} else {
  const songs = readSongs();
  measureOwnCaptions(songs);
  measureStyles('Captions whose mistakes were looked at, first set', SEEN, songs);
  measureStyles('Captions whose mistakes were looked at, second set', KEPT_APART, songs);
  measureStyles('Captions whose mistakes were looked at, third set', FRESH, songs);
  measureStyles('Captions whose mistakes were looked at, fourth set', FOURTH, songs);
  measureStyles('Captions whose mistakes were looked at, fifth set', FIFTH, songs);
  measureStyles('Captions that nobody who works on the code has looked at', closed, songs);
  for (const file of process.argv.slice(2)) measureStyles(file, await stylesOf(file), songs);
  console.log('goals      contradictions precision 0.97, recall 0.85; claims read precision 0.97');
  measureShifts(songs);
}

/** The list of styles that a module exports. */
async function stylesOf(file: string): Promise<readonly Style[]> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const styles = Object.values(module).find(isStyles);
  if (styles === undefined) throw new Error(`${file} exports no list of styles (scripts/agreement/style.ts)`);
  return styles;
}

function isStyles(value: unknown): value is readonly Style[] {
  return (
    Array.isArray(value) && value.every((style) => typeof style === 'object' && style !== null && 'write' in style)
  );
}

function readSongs(): Song[] {
  const lines = readFileSync(new URL('pairs/pop909.jsonl', DATA), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const row: {
      midi_file: string;
      text_description: string;
      metadata: { title: string; artist: string; annotated_bpm: number; annotated_key: string };
    } = JSON.parse(line);
    const outcome = decodeMidi(readFileSync(new URL(row.midi_file, DATA)));
    if (!outcome.ok) throw new Error(`${row.midi_file}: ${outcome.error.message}`);
    const facts = extractFeatures(outcome.score);
    const { title, artist, annotated_bpm: bpm, annotated_key: key } = row.metadata;
    const [tonic = 'C', mode] = key.split(':');
    const known = {
      title,
      artist,
      tonic,
      mode: mode === 'min' ? ('minor' as const) : ('major' as const),
      bpm,
      meter: facts.time_signature,
      seconds: facts.duration_seconds,
      instruments: ['piano'],
      hasDrums: false,
    };
    return { known, piece: new Piece(facts), caption: row.text_description };
  });
}

/** True captions, which the code was made with: every contradiction is one too many, or the annotation is wrong. */
function measureOwnCaptions(songs: readonly Song[]): void {
  const counts = { agrees: 0, contradicts: 0, unsure: 0 };
  for (const { caption, piece } of songs) {
    const { agrees, contradicts, unsure } = judged(caption, readClaims(caption), piece);
    counts.agrees += agrees;
    counts.contradicts += contradicts;
    counts.unsure += unsure;
  }
  const { agrees, contradicts, unsure } = counts;
  console.log(`POP909's own captions, all true: ${agrees} claims agree, ${unsure} unsure, ${contradicts} contradict`);
}

function measureStyles(title: string, styles: readonly Style[], songs: readonly Song[]): void {
  console.log(`${title}:`);
  const total = new Tally();
  for (const style of styles) {
    const tally = measureStyle(style, songs);
    total.addAll(tally);
    console.log(`${style.name.padEnd(10)} ${tally.text()}`);
  }
  console.log(`${'all'.padEnd(10)} ${total.text()}`);
}

function measureStyle(style: Style, songs: readonly Song[]): Tally {
  const tally = new Tally();
  const random = seededRandom(20261130);
  for (const [index, { known, piece }] of songs.entries()) {
    const wrong = index % 2 === 0 ? undefined : makeWrong(known, random);
    const { caption, stated } = style.write(wrong?.piece ?? known, random);
    const claims = readClaims(caption) ?? [];
    const agreement = judged(caption, claims, piece);
    for (const [at, claim] of claims.entries()) {
      // What these captions say of chords and character is not known to be true.
      if (!STATED_KINDS.has(claim.kind)) continue;
      const statement = stated.find((each) => isOf(each, claim, caption));
      tally.read++;
      if (statement !== undefined) tally.readRightly++;
      if (agreement.claims[at]?.verdict !== 'contradicts') continue;
      tally.alarms++;
      if (statement !== undefined && isWrong(statement, wrong?.kind)) tally.rightAlarms++;
    }
    for (const statement of stated) {
      const at = claims.findIndex((claim) => isOf(statement, claim, caption));
      tally.stated++;
      if (at >= 0) tally.statedAndRead++;
      if (!isWrong(statement, wrong?.kind)) continue;
      tally.wrong++;
      const isFound = claims.some(
        (claim, place) => isOf(statement, claim, caption) && agreement.claims[place]?.verdict === 'contradicts',
      );
      if (isFound) tally.wrongFound++;
    }
  }
  return tally;
}

/** Whether a claim is what a statement says: of its kind, and from its words. */
function isOf({ kind, words }: Stated, claim: Claim, caption: string): boolean {
  if (claim.kind !== kind) return false;
  for (let from = caption.indexOf(words); from >= 0; from = caption.indexOf(words, from + 1)) {
    if (claim.start < from + words.length && claim.end > from) return true;
  }
  return false;
}

/** "no drums" stays true where the flute is wrong. */
function isWrong({ kind, words, holds }: Stated, wrong: WrongKind | undefined): boolean {
  if (holds === true || (kind === 'instrument' && /drum|percussion/i.test(words))) return false;
  return kind === wrong || (wrong === 'tempo' && kind === 'tempo_word');
}

function measureShifts(songs: readonly Song[]): void {
  const random = seededRandom(7);
  const claims = songs.map(({ caption }) => readClaims(caption) ?? []);
  const orders = (): number[] => shuffled(songs.length, random);
  let alarms = 0;
  for (let set = 0; set < CLEAN_SETS; set++) if (shiftsOf(songs, claims, orders(), (row) => row).length > 0) alarms++;
  console.log(`shifts: ${alarms} alarms over ${CLEAN_SETS} sets in random orders (goal 0)`);
  for (const length of [10, 20, 50, 100, 300]) {
    let [found, tried] = [0, 0];
    for (const distance of [-5, -2, -1, 1, 2, 5]) {
      for (let repeat = 0; repeat < 3; repeat++) {
        const first = 20 + Math.floor(random() * (songs.length - length - 40));
        const inStretch = (row: number): boolean => row >= first && row < first + length;
        const shifts = shiftsOf(songs, claims, orders(), (row) => (inStretch(row) ? row - distance : row));
        const [shift, ...others] = shifts;
        tried++;
        if (shift === undefined || others.length > 0 || shift.offset !== -distance) continue;
        if (Math.abs(shift.first - first) <= 5 && Math.abs(shift.last - (first + length - 1)) <= 5) found++;
      }
    }
    console.log(`shifts of ${length} rows: ${found} of ${tried} found${length >= 20 ? ' (goal: all)' : ''}`);
  }
}

function shiftsOf(
  songs: readonly Song[],
  claims: readonly (readonly Claim[])[],
  order: readonly number[],
  captionOf: (row: number) => number,
): readonly Shift[] {
  const finder = new ShiftFinder();
  for (const [index, song] of order.entries()) {
    const other = order[captionOf(index)] ?? song;
    const piece = songs[song]?.piece;
    if (piece === undefined) continue;
    const own = claims[other] ?? [];
    finder.add({ index, claims: own, piece }, judged(songs[other]?.caption ?? '', own, piece));
  }
  return finder.end();
}

function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
