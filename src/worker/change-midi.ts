import { hash } from 'node:crypto';
import { changeScore } from '../augmentation/change-score.ts';
import { drawNumbers } from '../augmentation/draw-numbers.ts';
import { fittingGrid, type TokenBounds } from '../augmentation/fitting-grid.ts';
import {
  type ChangeGrid,
  combination,
  combinationNumber,
  combinations,
  isUnchanged,
} from '../augmentation/music-change.ts';
import { randomNumbers } from '../augmentation/random-numbers.ts';
import { MidiloomError, messageOf } from '../errors.ts';
import { readMidi } from '../manifest/read-contained-file.ts';
import type { EncodedScore, Tokenizer } from '../tokens/create-tokenizer.ts';
import type { PairOutcome } from './batch-result.ts';
import { type ChangedPiece, packChangedPieces } from './changed-pieces.ts';
import type { ChangeJob, MidiWorkerSettings, WantedChanges } from './midi-messages.ts';
import { bytesOf } from './record-fields.ts';
import { createScoreRecords, failed } from './score-records.ts';

/** Makes the function that turns a pair into the records of changed pieces. It never throws. */
export function createChangeProcessor(settings: MidiWorkerSettings): (job: ChangeJob) => PairOutcome {
  const records = createScoreRecords(settings);
  const access = { allowOutside: settings.allowOutside, maxBytes: settings.maxFileBytes, knownFolders: new Map() };
  const bounds = boundsOf(records.tokenizer);

  function changedPieces(file: Uint8Array, { changes }: ChangeJob): PairOutcome {
    if (hash('sha256', file) !== changes.sha256) return failed('midi_changed', 'the file is not the one of its row');
    const decoded = records.decode(file);
    if (!decoded.ok) return failed(decoded.error.code, decoded.error.message);
    const grid = fittingGrid(decoded.score, changes.grid, bounds);
    const known = new Set(changes.mustDiffer ? [digestOf(records.encode(decoded.score))] : []);
    const pieces: ChangedPiece[] = [];
    let [same, failures] = [0, 0];
    for (const number of chosen(grid, changes)) {
      const change = combination(grid, number);
      if (isUnchanged(change)) continue;
      const score = changeScore(decoded.score, change);
      const encoded = records.encode(score);
      const digest = digestOf(encoded);
      if (changes.mustDiffer && known.has(digest)) same++;
      else {
        known.add(digest);
        const made = records.recordOf(file, score, encoded);
        if (made.ok) pieces.push({ change: combinationNumber(changes.grid, change), record: made.bytes });
        else failures++;
      }
      if (pieces.length === changes.copies) break;
    }
    const unfit = changes.grid.transpose.length - grid.transpose.length + changes.grid.tempo.length - grid.tempo.length;
    return { ok: true, bytes: packChangedPieces({ pieces, unfit, same, failed: failures }) };
  }

  return (job) => {
    const { midiFile, embedded, fetched } = job;
    if (midiFile === undefined) return failed('missing_midi', 'the pair names no MIDI file');
    try {
      const file = readMidi(midiFile, embedded, settings.midiRoot, access, fetched);
      return file.ok ? changedPieces(file.bytes, job) : failed(`midi_${file.code}`, file.message);
    } catch (error) {
      return failed(error instanceof MidiloomError ? error.code : 'internal_error', messageOf(error));
    }
  };
}

/** Changes to try: all, or lots, of which some will be no others than ones before. */
function* chosen(grid: ChangeGrid, { copies, lot }: WantedChanges): Generator<number> {
  const all = combinations(grid);
  if (copies === 'all') {
    for (let number = 0; number < all; number++) yield number;
    return;
  }
  const words = hash('sha256', lot, 'buffer');
  const random = randomNumbers([0, 4, 8, 12].map((at) => words.readUInt32LE(at)));
  let tries = 4 * copies + 8;
  for (const number of drawNumbers(all, random)) {
    yield number;
    tries--;
    if (tries === 0) return;
  }
}

function boundsOf({ tokenization, config }: Tokenizer): TokenBounds {
  if ('readsMessages' in tokenization) return { pitches: [0, 128], tempos: [0, Number.POSITIVE_INFINITY] };
  return {
    pitches: config.pitch_range,
    tempos: config.use_tempos ? config.tempo_range : [0, Number.POSITIVE_INFINITY],
  };
}

/** What two pieces are the same by. */
function digestOf({ streams }: EncodedScore): string {
  const lengths = Int32Array.from(streams, ({ length }) => length);
  return hash('sha256', Buffer.concat([lengths, ...streams].map(bytesOf)));
}
