import { PairCursor } from '../../dataset/pair-cursor.ts';
import { wellFormed } from '../../dataset/well-formed.ts';
import { fetchCaption } from '../../manifest/fetched-file.ts';
import type { Plan } from '../../manifest/plan.ts';
import { type CaptionAccess, readCaption } from '../../worker/read-caption.ts';

export interface CaptionSource {
  readonly plan: Plan;
  /** Where relative paths of text files start; by default the manifest's folder. */
  readonly midiRoot: string | undefined;
  readonly allowOutside: boolean;
}

const BATCH_PAIRS = 512;
const MAX_TEXT_BYTES = 1024 * 1024 * 1024;

/** The manifest's captions, asked for with ascending indices. */
export class CaptionCursor {
  readonly #pairs: PairCursor;
  readonly #root: string;
  readonly #access: CaptionAccess;

  constructor({ plan, midiRoot, allowOutside }: CaptionSource) {
    this.#pairs = new PairCursor(plan.batches(0, BATCH_PAIRS));
    this.#root = midiRoot ?? plan.defaultMidiRoot;
    this.#access = { allowOutside, maxBytes: MAX_TEXT_BYTES, textOptional: true, encoding: plan.encoding };
  }

  /** `undefined` where the pair has none, or its text file cannot be read any more. */
  async at(index: number): Promise<string | undefined> {
    const pair = await this.#pairs.take(index);
    if (pair === undefined) return undefined;
    const access = { ...this.#access, knownFolders: new Map() };
    const fetched = await fetchCaption(pair, this.#root, access);
    const caption = readCaption({ ...pair, fetched }, this.#root, access);
    return caption.ok && caption.text !== undefined ? wellFormed(caption.text) : undefined;
  }

  close(): Promise<void> {
    return this.#pairs.close();
  }
}
