import { bytesOf, invalidRecord, packFields, RecordFields } from './record-fields.ts';

/** What a worker made of a pair whose music is to be changed. */
export interface ChangedPieces {
  readonly pieces: readonly ChangedPiece[];
  /** Transpositions and tempos of the grid by which notes or tempos would leave what can be said. */
  readonly unfit: number;
  /** Pieces that were no others by their tokens. */
  readonly same: number;
  /** Pieces that the tokenizer failed at, or would have lost too many notes of. */
  readonly failed: number;
}

export interface ChangedPiece {
  /** Number of its change in the grid of the job (`combination`). */
  readonly change: number;
  /** `packMidiRecord`. */
  readonly record: Uint8Array;
}

export function packChangedPieces({ pieces, ...counts }: ChangedPieces): Uint8Array {
  return packFields({
    changes: pieces.map(({ change }) => change),
    lengths: pieces.map(({ record }) => record.length),
    records: bytesOf(Buffer.concat(pieces.map(({ record }) => record))),
    ...counts,
  });
}

/** @throws CheckpointError `record_invalid` for anything `packChangedPieces` would not have written. */
export function unpackChangedPieces(bytes: Uint8Array): ChangedPieces {
  const fields = RecordFields.unpack(bytes, 'a record of changed pieces');
  const records = new Uint8Array(fields.aligned('records', 1));
  const lengths = fields.counts('lengths');
  let at = 0;
  const pieces = fields.counts('changes').map((change, piece) => {
    const start = at;
    at += lengths[piece] ?? 0;
    return { change, record: records.subarray(start, at) };
  });
  if (at !== records.length || pieces.length !== lengths.length)
    throw invalidRecord('a record of changed pieces', `has ${records.length} bytes for ${pieces.length} pieces`);
  return { pieces, unfit: fields.count('unfit'), same: fields.count('same'), failed: fields.count('failed') };
}
