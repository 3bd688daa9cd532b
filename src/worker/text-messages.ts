import type { EncodingName } from '../manifest/bytes/encoding.ts';
import type { FetchedFile } from '../manifest/fetched-file.ts';
import type { PairFault } from '../manifest/pair.ts';
import type { ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import type { ProviderChange } from '../text/encoders/transformers/model-device.ts';
import type { AskedSettings } from '../text/encoders/transformers/model-settings.ts';
import type { ProviderProbe } from '../text/encoders/transformers/probe-providers.ts';
import type { TransformersOptions } from '../text/encoders/transformers/transformers-encoder.ts';
import type { CacheAccess } from './batch-cache.ts';
import type { BatchResult } from './batch-result.ts';
import type { EmbeddingPrecision } from './stored-embedding.ts';

/** What the parent tells the encoder process at its start. */
export interface EncoderSettings {
  readonly textRoot: string;
  readonly allowOutside: boolean;
  readonly maxFileBytes: number;
  /** Whether a pair without a text gets a record that says so, in place of a failure. */
  readonly textOptional: boolean;
  /** What text files are written in. */
  readonly encoding: EncodingName;
  readonly encoder: EncoderChoice;
  readonly embeddingPrecision: EmbeddingPrecision;
  readonly cache: CacheAccess | undefined;
}

/** Which encoder, and what it must know. */
export type EncoderChoice =
  | { readonly name: 'none' }
  | { readonly name: 'hashing'; readonly dimensions: number }
  | TransformersChoice;

export interface TransformersChoice
  extends Pick<
    TransformersOptions,
    'model' | keyof AskedSettings | 'useGpu' | 'withoutProviders' | 'threads' | 'maxBatchTokens'
  > {
  readonly name: 'transformers';
}

/** One pair as the text stage sees it. */
export interface TextJob {
  readonly index: number;
  readonly text: string | undefined;
  readonly textFile: string | undefined;
  /** What came of the file, where it was fetched from a bucket. */
  readonly fetched?: FetchedFile | undefined;
  /** What is wrong with the pair before anything is read. */
  readonly fault?: PairFault | undefined;
}

export type ToEncoder =
  | { readonly type: 'start'; readonly settings: EncoderSettings }
  | { readonly type: 'encode'; readonly id: number; readonly jobs: readonly TextJob[] };

export type FromEncoder =
  /** The encoder is loaded. */
  | { readonly type: 'ready'; readonly device: ProviderName | undefined; readonly probes: readonly ProviderProbe[] }
  /** The encoder cannot be had; nothing can be encoded. */
  | ({ readonly type: 'refused' } & Refusal)
  | { readonly type: 'provider_changed'; readonly change: ProviderChange }
  | { readonly type: 'result'; readonly id: number; readonly result: BatchResult; readonly rssBytes: number }
  /** The window cannot be encoded; the process goes on. */
  | { readonly type: 'failed'; readonly id: number; readonly error: string };

/** An error whose class outlives the way between processes. */
export interface Refusal {
  readonly kind: 'config' | 'missing' | 'other';
  readonly code: string;
  readonly error: string;
}
