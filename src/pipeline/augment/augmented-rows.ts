import { combination } from '../../augmentation/music-change.ts';
import { readFrames } from '../../checkpoint/record-frame.ts';
import { isSpoiled } from '../../claims/is-spoiled.ts';
import { checkCaption } from '../../dataset/caption-check.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import { factsOfRow } from '../../dataset/facts-of-row.ts';
import { inOrder } from '../../engine/in-order.ts';
import { judgeRow } from '../../quality/judge-row.ts';
import type { Filter } from '../../quality/parse-filters.ts';
import type { BatchResult } from '../../worker/batch-result.ts';
import { type ChangedPieces, unpackChangedPieces } from '../../worker/changed-pieces.ts';
import type { ChangeJob } from '../../worker/midi-messages.ts';
import { unpackMidiRecord } from '../../worker/midi-record.ts';
import type { TextJob } from '../../worker/text-messages.ts';
import { type TextRecord, unpackTextRecord } from '../../worker/text-record.ts';
import { allowedChanges } from './allowed-changes.ts';
import type { Augmentation } from './augmentation.ts';

/** What does the work. */
export interface AugmentingWork {
  readonly changeMidi: (jobs: readonly ChangeJob[]) => Promise<BatchResult>;
  /** Encodes captions that were rewritten. */
  readonly encodeTexts: (jobs: readonly TextJob[]) => Promise<BatchResult>;
  /** Rows that are worked on at a time. */
  readonly window: number;
}

export interface AugmentingRules extends Augmentation {
  /** Copies that do not pass are none. */
  readonly filters: readonly Filter[];
  /** Whether copies must have other tokens than their row, and than each other. */
  readonly mustDiffer: boolean;
}

/** A row, its copies, and why there are not more of them. */
export interface AugmentedRow {
  readonly row: CuratedRow;
  readonly copies: readonly CuratedRow[];
  /** Values of changes by which notes or tempos would leave what MIDI and the tokenizer say. */
  readonly unfit: number;
  /** Values of changes that what the caption states does not allow, and copies that it came to contradict. */
  readonly caption: number;
  /** Changes after which the tokens were the same. */
  readonly same: number;
  readonly filtered: number;
  /** Copies that could not be made. */
  readonly failed: number;
  /** Why none could be made, as a code. */
  readonly error: string | undefined;
}

/** Makes copies of the rows of some splits, several rows at a time, and gives each row and its copies in the order of the rows. */
export function augmentedRows(
  rows: AsyncIterable<CuratedRow>,
  rules: AugmentingRules,
  work: AugmentingWork,
): AsyncGenerator<AugmentedRow> {
  return inOrder(rows, work.window, (row) => augmented(row, rules, work));
}

const NONE = { copies: [], unfit: 0, caption: 0, same: 0, filtered: 0, failed: 0, error: undefined } as const;

async function augmented(row: CuratedRow, rules: AugmentingRules, work: AugmentingWork): Promise<AugmentedRow> {
  if (!rules.splits.includes(row.split)) return { row, ...NONE };
  const { grid, captionOf } = allowedChanges(row, rules.grid, rules.captions);
  const withheld = valuesOf(rules.grid) - valuesOf(grid);
  const made = await changedPieces(row, { ...rules, grid }, work);
  if (typeof made === 'string') return { row, ...NONE, caption: withheld, error: made };
  const { unfit, same, failed } = made;
  const changed = made.pieces.map(({ change, record }) => ({
    change: combination(grid, change),
    midi: unpackMidiRecord(record),
  }));
  const captions = changed.map(({ change }) => captionOf(change));
  const texts = await textsOf(row.text, captions, work);
  const counts = { caption: withheld, filtered: 0, failed };
  const copies: CuratedRow[] = [];
  for (const [at, { change, midi }] of changed.entries()) {
    const text = texts[at];
    if (text === undefined) {
      if (captions[at] === undefined) counts.caption++;
      else counts.failed++;
      continue;
    }
    const { agreement } = checkCaption({ midi, text });
    const verdict =
      rules.filters.length === 0
        ? undefined
        : judgeRow(rules.filters, factsOfRow({ pair: row.pair, midi, text }, agreement));
    if (rules.captions !== 'keep' && isSpoiled(row.agreement, agreement)) counts.caption++;
    else if (verdict?.passed === false) counts.filtered++;
    else {
      const augmentation = { copy: copies.length + 1, change, isRewritten: text !== row.text };
      copies.push({ ...row, midi, text, agreement, verdict, augmentation });
    }
  }
  return { row, copies, unfit, same, ...counts, error: undefined };
}

function valuesOf({ transpose, tempo, velocity }: Augmentation['grid']): number {
  return transpose.length + tempo.length + velocity.length;
}

/** The changed pieces of a row, or the code of why there are none. */
async function changedPieces(
  { pair, midi }: CuratedRow,
  { grid, copies, seed, mustDiffer }: AugmentingRules,
  { changeMidi }: AugmentingWork,
): Promise<ChangedPieces | string> {
  const { sha256 } = midi.metadata;
  if (typeof sha256 !== 'string') return 'midi_changed';
  const { index, midiFile, embedded, captionIndex = 0 } = pair;
  const lot = `${seed}/${sha256}/${captionIndex}`;
  const job = { index, midiFile, embedded, changes: { sha256, grid, copies, lot, mustDiffer } };
  const { frames, failures } = await changeMidi([job]);
  const [frame] = readFrames(frames);
  return frame === undefined ? (failures[0]?.code ?? 'internal_error') : unpackChangedPieces(frame.bytes);
}

/** The text records of copies: that of the row where the caption is its own; `undefined` where there is no caption, or it cannot be encoded. */
async function textsOf(
  own: TextRecord,
  captions: readonly (string | null | undefined)[],
  { encodeTexts }: AugmentingWork,
): Promise<readonly (TextRecord | undefined)[]> {
  const jobs = captions.flatMap((text, index) =>
    text === null || text === undefined || text === own.text ? [] : [{ index, text, textFile: undefined }],
  );
  const { frames } = jobs.length === 0 ? { frames: new Uint8Array(0) } : await encodeTexts(jobs);
  const encoded = new Map(Array.from(readFrames(frames), ({ index, bytes }) => [index, unpackTextRecord(bytes)]));
  return captions.map((text, index) => (text === own.text ? own : encoded.get(index)));
}
