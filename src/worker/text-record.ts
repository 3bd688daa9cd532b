import { PROVIDERS, type ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import { bytesOf, type JsonMap, packFields, RecordFields } from './record-fields.ts';
import { type EmbeddingPrecision, embeddingFields, type Int8Embedding, readEmbedding } from './stored-embedding.ts';

/** What the text stage made of one pair. Names as in the data set. */
export interface TextRecord {
  /** The caption as given; `null` where the pair has none and need not have one. */
  readonly text: string | null;
  /** What was encoded. */
  readonly normalized: string;
  /** As stored, whatever the precision; `undefined` where the encoder makes none. */
  readonly embedding: Float32Array | undefined;
  /** The embedding once more, where it is stored in 8 bits. */
  readonly embedding_int8?: Int8Embedding;
  /** Hidden states of the tokens, one after the other, in half precision; in place of an embedding, where asked for. */
  readonly hidden_states?: Uint16Array | undefined;
  /** Ids of the text model's own tokenizer; `undefined` where it has none. */
  readonly token_ids: Int32Array | undefined;
  /** Whether text was cut at the model's limit. */
  readonly truncated: boolean;
  /** Plain values by the names of `TEXT_STATISTICS_SCHEMA`. */
  readonly statistics: JsonMap;
  /** Name of the encoder. */
  readonly encoder: string;
  /** What a model computed the embedding on; not in the data set, which is the same whatever it was. */
  readonly device?: ProviderName | undefined;
}

export interface TextRecordContent extends Omit<TextRecord, 'statistics' | 'embedding_int8'> {
  readonly statistics: object;
  /** How the embedding is stored; `float32` by default. */
  readonly precision?: EmbeddingPrecision;
}

/** What a pair has that has no text. */
export function withoutText(encoder: string): TextRecordContent {
  const nothing = { text: null, normalized: '', embedding: undefined, token_ids: undefined, truncated: false };
  return { ...nothing, statistics: {}, encoder };
}

/**
 * The bytes of a record: a msgpack map with `embedding` (f32, f16 or i8), `hidden_states` (f16) and `token_ids` (i32) as
 * little-endian `bin`, or absent.
 */
export function packTextRecord(record: TextRecordContent): Uint8Array {
  const { embedding, hidden_states: states, token_ids: tokenIds, precision = 'float32', device, ...plain } = record;
  return packFields({
    ...plain,
    ...(embedding === undefined ? {} : embeddingFields(embedding, precision)),
    ...(states === undefined ? {} : { hidden_states: bytesOf(states) }),
    ...(tokenIds === undefined ? {} : { token_ids: bytesOf(tokenIds) }),
    ...(device === undefined ? {} : { device }),
  });
}

/** @throws CheckpointError `record_invalid` for anything `packTextRecord` would not have written. */
export function unpackTextRecord(bytes: Uint8Array): TextRecord {
  const fields = RecordFields.unpack(bytes, 'a text record');
  return {
    text: fields.isNull('text') ? null : fields.text('text'),
    normalized: fields.text('normalized'),
    ...readEmbedding(fields),
    ...(fields.has('hidden_states') ? { hidden_states: new Uint16Array(fields.aligned('hidden_states', 2)) } : {}),
    token_ids: fields.has('token_ids') ? new Int32Array(fields.aligned('token_ids', 4)) : undefined,
    truncated: fields.flag('truncated'),
    statistics: fields.json('statistics'),
    encoder: fields.text('encoder'),
    ...(fields.has('device') ? { device: fields.oneOf('device', PROVIDERS) } : {}),
  };
}
