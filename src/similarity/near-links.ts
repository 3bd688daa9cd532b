const FIRST_LINKS = 64;
const GROWTH = 1.5;

/** A piece that an earlier one is near to. */
export interface NearLink {
  readonly of: number;
  readonly similarity: number;
}

const NONE: readonly NearLink[] = [];

/** Links of near copies, added in order of the index that they are found by: 12 bytes each. */
export class NearLinks {
  #count = 0;
  #index = new Uint32Array(FIRST_LINKS);
  #of = new Uint32Array(FIRST_LINKS);
  #similarity = new Float32Array(FIRST_LINKS);

  add(index: number, { of, similarity }: NearLink): void {
    if (this.#count === this.#index.length) this.#grow();
    this.#index[this.#count] = index;
    this.#of[this.#count] = of;
    this.#similarity[this.#count] = similarity;
    this.#count += 1;
  }

  /** In the order that they were added in. */
  of(index: number): readonly NearLink[] {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#index[middle] as number) < index) low = middle + 1;
      else high = middle;
    }
    if (low === this.#count || this.#index[low] !== index) return NONE;
    const found: NearLink[] = [];
    for (let at = low; at < this.#count && this.#index[at] === index; at++) {
      found.push({ of: this.#of[at] as number, similarity: this.#similarity[at] as number });
    }
    return found;
  }

  #grow(): void {
    const length = Math.ceil(this.#count * GROWTH);
    const [index, of, similarity] = [this.#index, this.#of, this.#similarity];
    this.#index = new Uint32Array(length);
    this.#of = new Uint32Array(length);
    this.#similarity = new Float32Array(length);
    this.#index.set(index);
    this.#of.set(of);
    this.#similarity.set(similarity);
  }
}
