import type { Stated } from '../style.ts';

/** A stretch of a caption: plain text, or words that state something. */
export interface Segment {
  readonly text: string;
  readonly states?: Stated['kind'];
  readonly holds?: true;
  /** The instrument by the name the piece gives it, "drums" too, so that it is not mentioned twice. */
  readonly of?: string;
}
