import { cutAtBytes } from './cut-at-bytes.ts';
import { limitMarks } from './limit-marks.ts';
import { DEFAULT_TEXT_LIMITS, type TextLimits } from './limits.ts';

/** A caption that can be encoded. */
export interface NormalizedText {
  readonly ok: true;
  /** As given, but for lone surrogates, which no UTF-8 file can hold: each is U+FFFD. */
  readonly text: string;
  /** NFKC, without control characters, white space as single spaces, none at the ends; never empty. */
  readonly normalized: string;
  readonly repairs: TextRepairs;
}

/** What had to be changed beyond NFKC and white space; all 0 for a clean caption. */
export interface TextRepairs {
  /** Code units replaced by U+FFFD. */
  readonly loneSurrogates: number;
  /** Control and invisible characters removed, such as escape, direction override, zero-width space. */
  readonly controlCharacters: number;
  /** Combining marks dropped past the limit of a run. */
  readonly combiningMarks: number;
  /** UTF-8 bytes cut from the end of the normalized caption, at a code point boundary. */
  readonly cutBytes: number;
}

export interface RefusedText {
  readonly ok: false;
  /** `missing_text`: nothing visible is left. `text_limit_size`: longer than `limits.rawBytes`. */
  readonly code: 'missing_text' | 'text_limit_size';
  readonly message: string;
}

/** What nearly every English caption is: printable ASCII with single spaces. It is its own normal form. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const LONE_SURROGATE = /\p{Surrogate}/gu;
/**
 * Controls but for those that are white space, and what is invisible and says nothing about the words: soft hyphen, zero-width
 * space, direction marks and overrides, invisible operators, byte order mark, interlinear annotation. The zero-width (non-)joiners,
 * variation selectors and tags stay: Persian spelling and emoji need them.
 */
const CONTROL =
  /(?![\s\u0085])\p{Cc}|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;
const WHITE_SPACE = /[\s\u0085]+/gu;
/** A character a reader would see. U+FFFD counts as none: it stands for what was lost. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Mark}\ufffd]/u;

const NO_REPAIRS: TextRepairs = Object.freeze({
  loneSurrogates: 0,
  controlCharacters: 0,
  combiningMarks: 0,
  cutBytes: 0,
});

/**
 * Makes a caption safe and comparable. The result depends on the caption and the limits alone; normalizing a normalized
 * caption changes nothing. Time is linear in the bytes. For characters newer than Unicode 15.0 (Node 20) it depends on
 * the runtime, as NFKC does.
 *
 *     normalizeText('Ｓｌｏｗ  waltz\n')  // normalized: 'Slow waltz'
 */
export function normalizeText(raw: string, limits: TextLimits = DEFAULT_TEXT_LIMITS): NormalizedText | RefusedText {
  const rawBytes = Buffer.byteLength(raw);
  if (rawBytes > limits.rawBytes) return tooLong(rawBytes, limits);
  if (rawBytes <= limits.normalizedBytes && PLAIN.test(raw)) {
    return { ok: true, text: raw, normalized: raw, repairs: NO_REPAIRS };
  }
  return normalizeAny(raw, limits);
}

function normalizeAny(raw: string, limits: TextLimits): NormalizedText | RefusedText {
  const [text, loneSurrogates] = replaceCounting(raw, LONE_SURROGATE, '\ufffd');
  const [printable, controlCharacters] = replaceCounting(text, CONTROL, '');
  // Before NFKC, for its time; after it, because some marks come apart into several.
  const [bounded, droppedBefore] = limitMarks(printable, limits.marksInARow);
  const [composed, droppedAfter] = limitMarks(bounded.normalize('NFKC'), limits.marksInARow);
  const collapsed = composed.replace(WHITE_SPACE, ' ').trim();
  const normalized = cutAtBytes(collapsed, limits.normalizedBytes);
  if (!VISIBLE.test(normalized)) {
    return { ok: false, code: 'missing_text', message: raw === '' ? 'the text is empty' : 'the text shows nothing' };
  }
  const repairs = {
    loneSurrogates,
    controlCharacters,
    combiningMarks: droppedBefore + droppedAfter,
    cutBytes: Buffer.byteLength(collapsed) - Buffer.byteLength(normalized),
  };
  return { ok: true, text, normalized, repairs };
}

/** The text with every match replaced, and how many characters those were. Each match is one character. */
function replaceCounting(text: string, pattern: RegExp, replacement: string): [string, number] {
  let count = 0;
  const replaced = text.replace(pattern, () => {
    count++;
    return replacement;
  });
  return [replaced, count];
}

function tooLong(bytes: number, limits: TextLimits): RefusedText {
  return {
    ok: false,
    code: 'text_limit_size',
    message: `the text has ${bytes} bytes, more than the ${limits.rawBytes} of a caption`,
  };
}
