import { wellFormed } from '../../dataset/well-formed.ts';
import type { Pair } from '../../manifest/pair.ts';
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
  readonly #batches: AsyncGenerator<{ readonly first: number; readonly pairs: readonly Pair[] }>;
  readonly #root: string;
  readonly #access: CaptionAccess;
  #batch: { readonly first: number; readonly pairs: readonly Pair[] } = { first: 0, pairs: [] };

  constructor({ plan, midiRoot, allowOutside }: CaptionSource) {
    this.#batches = plan.batches(0, BATCH_PAIRS);
    this.#root = midiRoot ?? plan.defaultMidiRoot;
    this.#access = { allowOutside, maxBytes: MAX_TEXT_BYTES, textOptional: true, encoding: plan.encoding };
  }

  /** `undefined` where the pair has none, or its text file cannot be read any more. */
  async at(index: number): Promise<string | undefined> {
    while (index >= this.#batch.first + this.#batch.pairs.length) {
      const next = await this.#batches.next();
      if (next.done === true) return undefined;
      this.#batch = next.value;
    }
    const pair = this.#batch.pairs[index - this.#batch.first];
    if (pair === undefined) return undefined;
    const caption = readCaption(pair, this.#root, { ...this.#access, knownFolders: new Map() });
    return caption.ok && caption.text !== undefined ? wellFormed(caption.text) : undefined;
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}
