import { messageOf } from '../errors.ts';
import { type FileAccess, readContainedFile } from '../manifest/read-contained-file.ts';
import { type NormalizedText, normalizeText } from '../text/normalize-text.ts';
import type { EncodedText } from '../text/text-encoder.ts';
import { textStatistics } from '../text/text-statistics.ts';
import type { BatchResult, PairOutcome } from './batch-result.ts';
import { packOutcomes } from './process-batch.ts';
import type { EncoderSettings, TextJob } from './text-messages.ts';
import { packTextRecord } from './text-record.ts';

type Prepared = { readonly index: number } & (
  | { readonly ok: true; readonly text: NormalizedText }
  | { readonly ok: false; readonly code: string; readonly error: string }
);

/** Makes the function that turns a window of captions into text records. A bad caption never fails its window. */
export function createTextProcessor(
  settings: EncoderSettings,
  encode: (texts: readonly string[]) => Promise<readonly EncodedText[]>,
): (jobs: readonly TextJob[]) => Promise<BatchResult> {
  const access = { allowOutside: settings.allowOutside, maxBytes: settings.maxFileBytes, knownFolders: new Map() };
  return async (jobs) => {
    const prepared = jobs.map((job) => prepare(job, settings.textRoot, access));
    const encoded = await encode(prepared.flatMap((item) => (item.ok ? [item.text.normalized] : [])));
    let next = 0;
    return packOutcomes(
      prepared.map((item) => [item.index, item.ok ? packed(item.text, encoded[next++], settings) : item]),
    );
  };
}

function prepare(job: TextJob, textRoot: string, access: FileAccess): Prepared {
  const { index } = job;
  try {
    const raw = rawText(job, textRoot, access);
    if (!raw.ok) return { index, ...raw };
    const normalized = normalizeText(raw.text);
    return normalized.ok
      ? { index, ok: true, text: normalized }
      : { index, ok: false, code: normalized.code, error: normalized.message };
  } catch (error) {
    return { index, ok: false, code: 'text_internal_error', error: messageOf(error) };
  }
}

type RawText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly error: string };

function rawText({ text, textFile }: TextJob, textRoot: string, access: FileAccess): RawText {
  if (text !== undefined) return { ok: true, text };
  if (textFile === undefined) return { ok: false, code: 'missing_text', error: 'the pair has no text' };
  const file = readContainedFile(textRoot, textFile, access);
  if (!file.ok) return { ok: false, code: `text_${file.code}`, error: file.message };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(file.bytes) };
  } catch {
    return { ok: false, code: 'text_not_utf8', error: `${textFile} is not UTF-8` };
  }
}

function packed(
  text: NormalizedText,
  encoded: EncodedText | undefined,
  { encoder, embeddingPrecision }: EncoderSettings,
): PairOutcome {
  if (encoded === undefined) return { ok: false, code: 'text_internal_error', error: 'the encoder returned no result' };
  return {
    ok: true,
    bytes: packTextRecord({
      text: text.text,
      normalized: text.normalized,
      embedding: encoded.embedding,
      precision: embeddingPrecision,
      token_ids: encoded.tokenIds,
      truncated: encoded.truncated || text.repairs.cutBytes > 0,
      statistics: textStatistics(text.normalized),
      encoder: encoder.name,
      device: encoded.device,
    }),
  };
}
