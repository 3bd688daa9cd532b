import { type Agreement, judged } from '../claims/agreement.ts';
import { AgreementCounts, type AgreementFacts } from '../claims/agreement-counts.ts';
import { Piece } from '../claims/piece.ts';
import { readClaims } from '../claims/read-claims.ts';
import { ShiftFinder } from '../claims/shift-finder.ts';
import { messageOf } from '../errors.ts';
import { extractFeatures } from '../features/extract-features.ts';
import { fetchCaption, fetchMidi } from '../manifest/fetched-file.ts';
import type { InputOptions } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import { type FileAccess, readMidi } from '../manifest/read-contained-file.ts';
import { decodeMidi } from '../midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../midi/limits.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { type CaptionAccess, readCaption } from '../worker/read-caption.ts';

export interface CaptionAuditOptions extends InputOptions {
  readonly maxFileBytes: number;
  /** "60 BPM" agrees with 120, and 120 with 60. */
  readonly tempoOctaves: boolean;
  readonly signal?: AbortSignal;
  /** Told after each batch how many pairs were looked at, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CaptionAudit extends AgreementFacts {
  readonly pairs: number;
  /** Pairs whose MIDI or caption could not be used: nothing is known of them. */
  readonly unusable: readonly { readonly index: number; readonly code: string }[];
  /** Every caption with a contradiction, in the order of the manifest. */
  readonly contradictions: readonly ContradictedCaption[];
}

export interface ContradictedCaption extends Agreement {
  readonly index: number;
  readonly midi_file: string | null;
  readonly caption: string;
}

const BATCH_PAIRS = 512;

/**
 * Holds every caption of a manifest against its MIDI file, without a run: one after the other, in this thread. Keeps the
 * captions that are contradicted; else its memory does not grow with the pairs.
 *
 * @throws ConfigError what `openPlan` throws.
 */
export async function auditCaptions(options: CaptionAuditOptions): Promise<CaptionAudit> {
  const { allowOutside = false, maxFileBytes, tempoOctaves, signal, onProgress } = options;
  const plan = await openPlan(options);
  const root = options.midiRoot ?? plan.defaultMidiRoot;
  const access = { allowOutside, maxBytes: maxFileBytes, encoding: plan.encoding, knownFolders: new Map() };
  const memory = new WorkSpace();
  const counts = new AgreementCounts();
  const shifts = new ShiftFinder();
  const unusable: CaptionAudit['unusable'][number][] = [];
  const contradictions: ContradictedCaption[] = [];
  for await (const batch of plan.batches(0, BATCH_PAIRS, signal, true)) {
    for (const pair of batch.pairs) {
      const { index } = pair;
      const caption = await captionOf(pair, root, access);
      const facts = caption.ok ? await factsOf(pair, root, access, memory) : caption;
      if (!caption.ok || !facts.ok) {
        unusable.push({ index, code: facts.ok ? 'unknown' : facts.code });
        continue;
      }
      const claims = readClaims(caption.value);
      const piece = new Piece(facts.value);
      const agreement = judged(caption.value, claims, piece, { tempoOctaves });
      counts.add(index, agreement);
      shifts.add({ index, claims: claims ?? [], piece }, agreement);
      if (agreement.contradicts > 0)
        contradictions.push({ index, midi_file: pair.midiFile ?? null, caption: caption.value, ...agreement });
    }
    onProgress?.(batch.last + 1, plan.total);
    signal?.throwIfAborted();
  }
  return { pairs: plan.total, ...counts.facts(shifts.end()), unusable, contradictions };
}

type Found<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: string };

async function captionOf(pair: Pair, root: string, access: CaptionAccess): Promise<Found<string>> {
  const fetched = await fetchCaption(pair, root, access);
  const caption = readCaption({ ...pair, fetched, fault: pair.textFault }, root, access);
  if (!caption.ok) return { ok: false, code: caption.code };
  return caption.text === undefined ? { ok: false, code: 'missing_text' } : { ok: true, value: caption.text };
}

async function factsOf(pair: Pair, root: string, access: FileAccess, memory: WorkSpace) {
  const { midiFile, embedded } = pair;
  if (midiFile === undefined) return { ok: false, code: 'missing_midi' } as const;
  const file = readMidi(midiFile, embedded, root, access, await fetchMidi(pair, root, access));
  if (!file.ok) return { ok: false, code: `midi_${file.code}` } as const;
  const decoded = decodeMidi(file.bytes, DEFAULT_LIMITS, memory);
  if (!decoded.ok) return { ok: false, code: decoded.error.code } as const;
  try {
    return { ok: true, value: extractFeatures(decoded.score) } as const;
  } catch (error) {
    return { ok: false, code: `midi_internal_error: ${messageOf(error)}` } as const;
  }
}
