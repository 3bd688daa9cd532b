import { type EncodingName, encodingOf } from '../manifest/bytes/encoding.ts';
import type { FetchedFile } from '../manifest/fetched-file.ts';
import { TEXT_FIELDS } from '../manifest/field-names.ts';
import { isPlainObject } from '../manifest/manifest-record.ts';
import { type FileAccess, readContainedFile } from '../manifest/read-contained-file.ts';
import type { TextJob } from './text-messages.ts';

/**
 * A pair's caption, or why there is none; with what tells later whether its file has changed. `text` is `undefined` where
 * the pair has none and need not have one.
 */
export type Caption = (
  | { readonly ok: true; readonly text: string | undefined }
  | { readonly ok: false; readonly code: string; readonly error: string }
) & { readonly stamp?: Uint8Array | undefined };

export interface CaptionAccess extends FileAccess {
  readonly textOptional?: boolean;
  readonly encoding?: EncodingName;
}

/** Control characters that no caption means: all but tab and line feed. */
const CONTROL = /[^\P{Cc}\t\n]/gu;

/** As the user wrote it in the manifest; from a file trimmed, and without the control characters that editors leave. */
export function readCaption(
  { text, textFile, fetched, fault }: Omit<TextJob, 'index'>,
  textRoot: string,
  access: CaptionAccess,
): Caption {
  if (fault !== undefined) return failed(fault.code, fault.error);
  if (text !== undefined && !(text === '' && access.textOptional)) return { ok: true, text };
  if (textFile !== undefined) return captionOfFile(textFile, textRoot, access, fetched);
  return access.textOptional ? { ok: true, text: undefined } : failed('missing_text', 'the pair has no text');
}

function captionOfFile(
  textFile: string,
  textRoot: string,
  access: CaptionAccess,
  fetched: FetchedFile | undefined,
): Caption {
  const file = readContainedFile(textRoot, textFile, access, fetched);
  const { stamp } = file;
  if (!file.ok) return { ...failed(`text_${file.code}`, file.message), stamp };
  return { ...captionIn(file.bytes, textFile, access.encoding ?? 'auto'), stamp };
}

function captionIn(bytes: Uint8Array, textFile: string, told: EncodingName): Caption {
  const encoding = encodingOf(Buffer.from(bytes.subarray(0, 4)), told) ?? 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const advice = encoding === 'utf-8' ? '; name what it is written in by --encoding' : '';
    return failed('text_not_utf8', `${textFile} is not ${encoding === 'utf-8' ? 'UTF-8' : encoding}${advice}`);
  }
  return /\.json$/i.test(textFile) ? captionOfJson(text, textFile) : { ok: true, text: tidyCaption(text) };
}

/** A text, or an object with one under a known name. */
function captionOfJson(json: string, textFile: string): Caption {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return failed('text_not_json', `${textFile} is not JSON`);
  }
  const found = isPlainObject(value) ? TEXT_FIELDS.map((name) => valueIn(value, name)).find(isText) : value;
  if (isText(found)) return { ok: true, text: tidyCaption(found) };
  const advice = 'several captions of a piece belong into a manifest';
  return failed('text_not_text', `${textFile} holds no text under ${TEXT_FIELDS.join(', ')}; ${advice}`);
}

function valueIn(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A caption of a file without what editors leave in one. */
function tidyCaption(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROL, '').trim();
}

function failed(code: string, error: string): Caption {
  return { ok: false, code, error };
}
