/** Bytes that are put one after the other and read from any place; where they lie, in memory or elsewhere, is for others to say. */
export interface ByteStore {
  append(bytes: Uint8Array): void;
  /** Fills `into` from a place on. */
  read(place: number, into: Uint8Array): void;
}
