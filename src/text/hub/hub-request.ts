import type { Dtype } from '../model-folder.ts';
import type { HubEndpoint } from './hub-endpoint.ts';

/** How far one file of a model is. */
export interface DownloadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  /** 0 where the server does not say. */
  readonly totalBytes: number;
}

export interface HubLimits {
  /** Until an answer begins. */
  readonly answerMs: number;
  /** Between two pieces of a file. */
  readonly stallMs: number;
  /** Attempts at a file that bring nothing more of it. */
  readonly attempts: number;
  /** Before the second attempt; doubled before each one after it. */
  readonly pauseMs: number;
}

export const DEFAULT_HUB_LIMITS: HubLimits = { answerMs: 20_000, stallMs: 20_000, attempts: 5, pauseMs: 1000 };

/** What is to be downloaded, and whom to tell. */
export interface HubRequest {
  readonly endpoint: HubEndpoint;
  /** As on the hub: `Xenova/all-MiniLM-L6-v2`. */
  readonly name: string;
  readonly revision: string;
  readonly dtype: Dtype;
  /** The folder of the model in the cache. */
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly limits: HubLimits;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Told when something is tried again. */
  readonly onNotice: (message: string) => void;
}
