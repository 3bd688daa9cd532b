import type { ProviderName } from './encoders/transformers/execution-provider.ts';

/** Turns captions into vectors. Runs in the encoder process only. */
export interface TextEncoder {
  /** As in `--text_encoder`. */
  readonly name: string;
  /** Numbers in one embedding; 0 where there is none. */
  readonly dimensions: number;
  /** What encoded, down to versions and checksums; part of the fingerprint and the recipe. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** One result per text, in the order of `texts`. Equal texts give equal vectors, whatever their company. */
  encode(texts: readonly string[]): Promise<readonly EncodedText[]>;
  close(): Promise<void>;
}

export interface EncodedText {
  /** Float32, `dimensions` long; `undefined` where the encoder makes none. */
  readonly embedding: Float32Array | undefined;
  /**
   * The last hidden state of each token, one after the other, in half precision, where these are asked for in place of an
   * embedding; there are as many as token ids.
   */
  readonly hiddenStates?: Uint16Array | undefined;
  /** Ids of the model's own tokenizer; `undefined` where it has none. */
  readonly tokenIds: Int32Array | undefined;
  /** Whether text was cut at the model's limit. */
  readonly truncated: boolean;
  /** What a model computed the embedding on. */
  readonly device?: ProviderName;
}
