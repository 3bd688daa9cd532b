import type { BatchResult } from './batch-result.ts';

/** What the parent tells the encoder process at its start. */
export interface EncoderSettings {
  readonly textRoot: string;
  readonly allowOutside: boolean;
  readonly maxFileBytes: number;
  readonly encoder: EncoderChoice;
}

/** Which encoder, and what it must know. */
export type EncoderChoice = { readonly name: 'hashing'; readonly dimensions: number };

/** One pair as the text stage sees it. */
export interface TextJob {
  readonly index: number;
  readonly text: string | undefined;
  readonly textFile: string | undefined;
}

export type ToEncoder =
  | { readonly type: 'start'; readonly settings: EncoderSettings }
  | { readonly type: 'encode'; readonly id: number; readonly jobs: readonly TextJob[] };

export type FromEncoder =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly code: string; readonly error: string }
  | { readonly type: 'result'; readonly id: number; readonly result: BatchResult };
