/** A MIDI file that lies in the manifest itself. It is known by its content: where it lies is no part of it. */
export interface EmbeddedMidi {
  /** The field that it lies in. */
  readonly field: string;
  /** The first half of the SHA-256 of its bytes, in hex. */
  readonly contentHash: string;
  /** What the manifest calls it. */
  readonly path: string | undefined;
  /** Only where the manifest is read for them. */
  readonly bytes: Uint8Array | undefined;
}

/** What a file is called that has no other name. */
export function nameOf({ path, contentHash }: EmbeddedMidi): string {
  return path ?? `${contentHash}.mid`;
}

/** The one that is meant: that of the fields which the user names, or else the first. */
export function chosenEmbedded(
  embedded: readonly EmbeddedMidi[] | undefined,
  names: readonly string[] | undefined,
): EmbeddedMidi | undefined {
  if (names === undefined) return embedded?.[0];
  return embedded?.find(({ field }) => names.includes(field) || names.includes(`${field}.bytes`));
}
