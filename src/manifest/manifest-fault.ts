const EXCERPT_BYTES = 60;

/** What is wrong at which byte of a manifest, or of another JSON file; users see the error that is made of it. */
export class ManifestFault extends Error {
  /** Bytes from the start of the file. */
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The bytes from `start` as they can be printed: quoted, escaped, and no more than a few words of them. */
export function excerpt(bytes: Buffer, start: number, end = bytes.length): string {
  const shown = bytes.toString('utf8', start, Math.min(end, start + EXCERPT_BYTES));
  return JSON.stringify(end - start > EXCERPT_BYTES ? `${shown}…` : shown);
}
