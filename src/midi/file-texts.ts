import { decodeText } from './decode-text.ts';

const REPLACEMENT = '\ufffd';
const ESCAPE = '\u001b$';
/** Every byte stands for one character in it, so that no byte is lost where nothing better is known. */
export const LOSSLESS_ENCODING = 'windows-1252';
/** Tags of the lyric specification (RP-026) by which a file says the encoding of its texts. */
const STATED: Readonly<Record<string, string>> = { '{@LATIN}': 'windows-1252', '{@JP}': 'shift_jis' };
/** Texts that a guess is made from. */
const MAX_SAMPLES = 1000;
const NO_SAMPLES: readonly Uint8Array[] = [];

export interface DecodedText {
  readonly text: string;
  /** Whether its bytes are not UTF-8. */
  readonly wasForeign: boolean;
}

/**
 * The texts of one file. UTF-8, and so ASCII, is read as it is; UTF-16 is known by its marks. Of what is neither, a file's
 * first reading takes samples, from which the encoding of its second reading is guessed.
 */
export class FileTexts {
  /** Texts that need an encoding which is not known yet; views of the file. */
  samples: readonly Uint8Array[] = NO_SAMPLES;
  /** The encoding that the file itself says it has. */
  stated: string | undefined;
  private readonly encoding: string | undefined;
  private readonly isTold: boolean;
  private decoders: Map<string, InstanceType<typeof TextDecoder>> | undefined;

  /**
   * @param encoding - of texts that are not UTF-8; `undefined` while it is not known.
   * @param isTold - whether the user says so: then of texts that could be UTF-8, too.
   */
  constructor(encoding: string | undefined, isTold: boolean) {
    this.encoding = encoding;
    this.isTold = isTold;
  }

  decode(bytes: Uint8Array, start: number, end: number): DecodedText {
    const text = decodeText(bytes, start, end);
    if (text.startsWith('{@')) this.stated ??= STATED[text.slice(0, text.indexOf('}') + 1).toUpperCase()];
    const isPlain = !text.includes(REPLACEMENT) && !text.includes('\0') && !text.includes(ESCAPE);
    if (isPlain && !(this.isTold && text.length < end - start)) return { text, wasForeign: false };
    const encoded = bytes.subarray(start, end);
    const wide = wideEncoding(encoded);
    if (wide !== undefined) return this.decodeForeign(encoded, wide, text);
    if (isPlain || text.includes(ESCAPE) || this.decodeAs('utf-8', encoded) === undefined) {
      return this.decodeForeign(encoded, this.encoding, text);
    }
    return { text, wasForeign: false };
  }

  private decodeForeign(encoded: Uint8Array, encoding: string | undefined, text: string): DecodedText {
    if (encoding === undefined) {
      if (this.samples.length < MAX_SAMPLES) this.samples = [...this.samples, encoded];
      return { text, wasForeign: false };
    }
    const read = this.decodeAs(encoding, encoded) ?? this.decodeAs(LOSSLESS_ENCODING, encoded) ?? text;
    return { text: read, wasForeign: read !== text };
  }

  /** `undefined` where the bytes are not of that encoding. */
  private decodeAs(encoding: string, encoded: Uint8Array): string | undefined {
    this.decoders ??= new Map();
    let decoder = this.decoders.get(encoding);
    if (decoder === undefined) {
      decoder = new TextDecoder(encoding, { fatal: true });
      this.decoders.set(encoding, decoder);
    }
    try {
      return decoder.decode(encoded);
    } catch {
      return undefined; // With `fatal`, that is how bytes of another encoding show.
    }
  }
}

/** UTF-16 by its byte order mark, or by zeros in most of its high bytes. */
function wideEncoding(encoded: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = encoded;
  if (encoded.length < 2 || encoded.length % 2 === 1) return undefined;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  let [evenZeros, oddZeros] = [0, 0];
  for (let i = 0; i < encoded.length; i += 2) {
    if (encoded[i] === 0) evenZeros += 1;
    if (encoded[i + 1] === 0) oddZeros += 1;
  }
  const most = encoded.length / 4;
  if (oddZeros > most && evenZeros === 0) return 'utf-16le';
  return evenZeros > most && oddZeros === 0 ? 'utf-16be' : undefined;
}
