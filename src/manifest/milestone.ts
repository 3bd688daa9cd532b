import { createHash } from 'node:crypto';
import type { FactCounts } from './input-facts.ts';
import type { RecordBlock } from './readers/record-reader.ts';

/** A place between two records, and what is known of all that is before it. */
export interface Milestone {
  /** Of the pair that is behind it, and of the first byte of its record. */
  readonly index: number;
  readonly offset: number;
  /** SHA-256 of the manifest's bytes since the milestone before. */
  readonly bytes: string;
  /** Rolling hash over pairs [0, index). */
  readonly pairs: string;
  readonly facts: FactCounts;
}

type Place = Omit<Milestone, 'bytes' | 'offset'>;

/** Sets milestones while blocks go by: their hashes are of the very bytes that the records were made from. */
export class MilestoneLog {
  readonly milestones: Milestone[];
  #hash = createHash('sha256');
  /** Up to where bytes are hashed; `undefined` once some were missed. */
  #hashedTo: number | undefined;
  #block: NonNullable<RecordBlock['raw']> = { offset: 0, bytes: Buffer.alloc(0) };

  /** @param begin - where the bytes begin that will go by, behind the milestones that are known */
  constructor(begin: number, known: readonly Milestone[]) {
    this.#hashedTo = begin;
    this.milestones = [...known];
  }

  enter(block: RecordBlock['raw']): void {
    if (block === undefined || block.offset !== this.#hashedTo) this.#hashedTo = undefined;
    else this.#block = block;
  }

  leave(): void {
    this.#hashTo(this.#block.offset + this.#block.bytes.length);
  }

  set(place: Place, offset: number): void {
    this.#hashTo(offset);
    const milestone = this.#milestone(place);
    if (milestone === undefined) return;
    this.milestones.push(milestone);
    this.#hash = createHash('sha256');
  }

  /** The end of the manifest, which is a milestone as long as nothing follows. */
  end(place: Place): Milestone | undefined {
    return this.#milestone(place);
  }

  #milestone(place: Place): Milestone | undefined {
    if (this.#hashedTo === undefined) return undefined;
    return { ...place, offset: this.#hashedTo, bytes: this.#hash.copy().digest('hex') };
  }

  #hashTo(offset: number): void {
    if (this.#hashedTo === undefined) return;
    const { offset: base, bytes } = this.#block;
    this.#hash.update(bytes.subarray(this.#hashedTo - base, offset - base));
    this.#hashedTo = offset;
  }
}
