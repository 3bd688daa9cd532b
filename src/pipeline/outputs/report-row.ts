import type { CuratedRow, DatasetRow } from '../../dataset/dataset-row.ts';
import type { ReportRow } from '../../report/report-row.ts';

/** A row of the data set as the report takes it; a pair that is read from the checkpoints has no split. */
export function reportRow(row: DatasetRow | CuratedRow): ReportRow {
  const { pair, midi, text } = row;
  const { repairs } = midi.metadata;
  const { words } = text.statistics;
  return {
    index: pair.index,
    id: pair.id,
    midiFile: pair.midiFile,
    caption: text.text ?? '',
    captionWords: typeof words === 'number' ? words : 0,
    captionTruncated: text.truncated,
    device: text.device,
    embedding: text.embedding,
    split: 'split' in row ? row.split : undefined,
    features: midi.metadata,
    repairs: countsOf(repairs),
    copyGroup: 'duplicateGroup' in row ? (row.duplicateGroup ?? undefined) : undefined,
    agreement: 'agreement' in row ? row.agreement : undefined,
    sequenceLength: midi.sequence_length,
    cutTokens: midi.cut_tokens,
    tokens: midi.tokens,
  };
}

const NO_COUNTS: Readonly<Record<string, number>> = Object.freeze({});

function countsOf(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return NO_COUNTS;
  const entries = Object.entries(value).filter(([, times]) => typeof times === 'number');
  return entries.length === 0 ? NO_COUNTS : Object.fromEntries(entries);
}
