import { checkCaption } from '../../dataset/caption-check.ts';
import { PairCursor } from '../../dataset/pair-cursor.ts';
import type { LateCopies } from '../../dataset/write-rows.ts';
import type { ReportRow } from '../../report/report-row.ts';
import type { RowSample } from '../../report/sample-rows.ts';
import { unpackMidiRecord } from '../../worker/midi-record.ts';
import { unpackTextRecord } from '../../worker/text-record.ts';
import type { MergedRun } from './merged-run.ts';
import { reportRow } from './report-row.ts';

const BATCH_PAIRS = 512;

/** Gives the report the rows that it shows of copies, where these were found when all rows had passed: they are read once more. */
export async function addLateCopies(
  sample: RowSample,
  { rows, groupOf }: LateCopies,
  run: Pick<MergedRun, 'midi' | 'text' | 'plan'>,
): Promise<void> {
  const groups = sample.copiesToShow(rows, groupOf);
  const indexes = new Set(groups.flatMap((group) => group.indexes));
  sample.addCopies(groups, indexes.size === 0 ? new Map() : await rowsAt(indexes, run), groupOf);
}

async function rowsAt(
  indexes: ReadonlySet<number>,
  { midi, text, plan }: Pick<MergedRun, 'midi' | 'text' | 'plan'>,
): Promise<ReadonlyMap<number, ReportRow>> {
  const [midiRecords, textRecords] = await Promise.all([midi.recordsOf(indexes), text.recordsOf(indexes)]);
  const pairs = new PairCursor(plan.batches(0, BATCH_PAIRS));
  const rows = new Map<number, ReportRow>();
  try {
    for (const index of [...indexes].sort((a, b) => a - b)) {
      const [pair, ofMidi, ofText] = [await pairs.take(index), midiRecords.get(index), textRecords.get(index)];
      if (pair === undefined || ofMidi === undefined || ofText === undefined) continue;
      const row = { pair, midi: unpackMidiRecord(ofMidi), text: unpackTextRecord(ofText) };
      rows.set(index, { ...reportRow(row), agreement: checkCaption(row).agreement });
    }
  } finally {
    await pairs.close();
  }
  return rows;
}
