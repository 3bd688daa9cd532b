import { type FileAccess, readContainedFile } from '../manifest/read-contained-file.ts';
import type { TextJob } from './text-messages.ts';

/** A pair's caption as the user wrote it, or why there is none; with what tells later whether its file has changed. */
export type Caption = (
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly error: string }
) & { readonly stamp?: Uint8Array | undefined };

export function readCaption(
  { text, textFile }: Pick<TextJob, 'text' | 'textFile'>,
  textRoot: string,
  access: FileAccess,
): Caption {
  if (text !== undefined) return { ok: true, text };
  if (textFile === undefined) return { ok: false, code: 'missing_text', error: 'the pair has no text' };
  const file = readContainedFile(textRoot, textFile, access);
  const { stamp } = file;
  if (!file.ok) return { ok: false, code: `text_${file.code}`, error: file.message, stamp };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(file.bytes), stamp };
  } catch {
    return { ok: false, code: 'text_not_utf8', error: `${textFile} is not UTF-8`, stamp };
  }
}
