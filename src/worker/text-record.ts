import { bytesOf, type JsonMap, packFields, RecordFields } from './record-fields.ts';

/** What the text stage made of one pair. Names as in the data set. */
export interface TextRecord {
  /** The caption as given. */
  readonly text: string;
  /** What was encoded. */
  readonly normalized: string;
  /** `undefined` where the encoder makes none. */
  readonly embedding: Float32Array | undefined;
  /** Ids of the text model's own tokenizer; `undefined` where it has none. */
  readonly token_ids: Int32Array | undefined;
  /** Whether text was cut at the model's limit. */
  readonly truncated: boolean;
  /** Plain values by the names of `TEXT_STATISTICS_SCHEMA`. */
  readonly statistics: JsonMap;
  /** Name of the encoder. */
  readonly encoder: string;
}

/** The bytes of a record: a msgpack map with `embedding` (f32) and `token_ids` (i32) as little-endian `bin`, or absent. */
export function packTextRecord(record: Omit<TextRecord, 'statistics'> & { readonly statistics: object }): Uint8Array {
  const { embedding, token_ids: tokenIds, ...plain } = record;
  return packFields({
    ...plain,
    ...(embedding === undefined ? {} : { embedding: bytesOf(embedding) }),
    ...(tokenIds === undefined ? {} : { token_ids: bytesOf(tokenIds) }),
  });
}

/** @throws CheckpointError `record_invalid` for anything `packTextRecord` would not have written. */
export function unpackTextRecord(bytes: Uint8Array): TextRecord {
  const fields = RecordFields.unpack(bytes, 'a text record');
  return {
    text: fields.text('text'),
    normalized: fields.text('normalized'),
    embedding: fields.has('embedding') ? new Float32Array(fields.aligned('embedding', 4)) : undefined,
    token_ids: fields.has('token_ids') ? new Int32Array(fields.aligned('token_ids', 4)) : undefined,
    truncated: fields.flag('truncated'),
    statistics: fields.json('statistics'),
    encoder: fields.text('encoder'),
  };
}
