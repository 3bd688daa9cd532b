const EXCERPT_BYTES = 60;

/** What is wrong at which byte of a manifest, or of another JSON file; users see the error that is made of it. */
export class ManifestFault extends Error {
  /** Bytes from the start of the input, as it is once decompressed and in UTF-8. */
  readonly offset: number;
  /** The place in words, once somebody knows it. */
  readonly place: string | undefined;

  constructor(offset: number, message: string, place?: string) {
    super(message);
    this.offset = offset;
    this.place = place;
  }

  /** The same with its place. */
  at(place: string): ManifestFault {
    return new ManifestFault(this.offset, this.message, place);
  }
}

/** A fault behind which it is not sure where the next record begins: reading ends there. */
export class EndingFault extends ManifestFault {
  override at(place: string): EndingFault {
    return new EndingFault(this.offset, this.message, place);
  }
}

/** The bytes from `start` as they can be printed: quoted, escaped, and no more than a few words of them. */
export function excerpt(bytes: Buffer, start: number, end = bytes.length): string {
  const shown = bytes.toString('utf8', start, Math.min(end, start + EXCERPT_BYTES));
  return JSON.stringify(end - start > EXCERPT_BYTES ? `${shown}…` : shown);
}
