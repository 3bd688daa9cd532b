import { ConfigError } from '../errors.ts';
import { mergeNotes } from '../features/merged-notes.ts';
import { fetchMidi } from '../manifest/fetched-file.ts';
import type { InputOptions } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import { type FileAccess, readMidi } from '../manifest/read-contained-file.ts';
import { decodeMidi } from '../midi/decode-midi.ts';
import { Spool } from '../scratch/spool.ts';
import { auditSplit, type SplitExposure } from '../similarity/audit-split.ts';
import type { DuplicateKind } from '../similarity/duplicate-groups.ts';
import { DuplicateSearch } from '../similarity/duplicate-search.ts';
import { packPiece } from '../similarity/piece-bytes.ts';
import { pieceOfFile } from '../worker/piece-of-file.ts';

export interface AuditOptions extends InputOptions {
  readonly maxFileBytes: number;
}

export interface ManifestAudit {
  readonly pairs: number;
  /** Pairs that name no split; they are not looked at. */
  readonly without_split: number;
  /** Pairs with a split whose MIDI file could not be used: nothing is known of them. */
  readonly unreadable: readonly { readonly index: number; readonly midi_file: string | null; readonly code: string }[];
  /** By name of the split, in order of name. */
  readonly splits: Readonly<Record<string, SplitExposure>>;
  /** Groups of copies with members in more than one split. */
  readonly leaking_groups: number;
  /** Copies on different sides, in order of index; enough of them to tie each leaking group together. */
  readonly leaks: readonly AuditedLeak[];
}

export interface AuditedLeak {
  readonly index: number;
  readonly midi_file: string | null;
  readonly split: string;
  readonly of: number;
  readonly of_midi_file: string | null;
  readonly of_split: string;
  readonly kind: DuplicateKind;
  readonly similarity: number;
}

const BATCH_PAIRS = 512;

/**
 * Looks whether copies of a piece are in different splits of a manifest, by the MIDI files alone. Works off one file
 * after the other, in this thread; holds less than 64 bytes and the name of each pair, and puts the rest into a temporary
 * file.
 *
 * @throws ConfigError `split_missing` where no pair names a split; what `openPlan` throws.
 */
export async function auditManifest(options: AuditOptions): Promise<ManifestAudit> {
  const { allowOutside = false, maxFileBytes } = options;
  const plan = await openPlan(options);
  const root = options.midiRoot ?? plan.defaultMidiRoot;
  const access = { allowOutside, maxBytes: maxFileBytes, knownFolders: new Map() };
  const stores = { rows: new Spool(), blocks: new Spool() };
  const search = new DuplicateSearch(plan.total, stores);
  const pieces = new Map<number, { readonly midiFile: string | null; readonly split: string }>();
  const unreadable: ManifestAudit['unreadable'][number][] = [];
  let withSplit = 0;
  for await (const batch of plan.batches(0, BATCH_PAIRS, undefined, true)) {
    for (const pair of batch.pairs) {
      const { split } = pair;
      if (split === undefined) continue;
      withSplit++;
      const midiFile = pair.midiFile ?? null;
      const read = await sketchFile(pair, root, access);
      if (read.ok) {
        search.add(pair.index, read.packed);
        pieces.set(pair.index, { midiFile, split });
      } else unreadable.push({ index: pair.index, midi_file: midiFile, code: read.code });
    }
  }
  if (withSplit === 0) throw noSplit(options);

  const groups = search.groups();
  stores.rows.close();
  stores.blocks.close();
  const audit = auditSplit(groups, plan.total, (index) => pieces.get(index)?.split);
  const fileOf = (index: number): string | null => pieces.get(index)?.midiFile ?? null;
  const leaks = audit.leaks.map(({ index, of, split, ofSplit, kind, similarity }) => ({
    index,
    midi_file: fileOf(index),
    split,
    of,
    of_midi_file: fileOf(of),
    of_split: ofSplit,
    kind,
    similarity: Math.round(similarity * 100) / 100,
  }));
  return {
    pairs: plan.total,
    without_split: plan.total - withSplit,
    unreadable,
    splits: audit.splits,
    leaking_groups: audit.leakingGroups,
    leaks,
  };
}

type Sketched = { readonly ok: true; readonly packed: Uint8Array } | { readonly ok: false; readonly code: string };
const NO_FILE: Sketched = { ok: false, code: 'missing_midi' };

async function sketchFile(pair: Pair, root: string, access: FileAccess): Promise<Sketched> {
  const { midiFile, embedded } = pair;
  if (midiFile === undefined) return NO_FILE;
  const file = readMidi(midiFile, embedded, root, access, await fetchMidi(pair, root, access));
  if (!file.ok) return { ok: false, code: `midi_${file.code}` };
  const decoded = decodeMidi(file.bytes);
  if (!decoded.ok) return { ok: false, code: decoded.error.code };
  const { score } = decoded;
  return { ok: true, packed: packPiece(pieceOfFile(file.bytes, score, mergeNotes(score))) };
}

function noSplit({ inputFile, splitField = 'split' }: AuditOptions): ConfigError {
  return new ConfigError(
    'split_missing',
    `No pair of ${inputFile} has a field ${JSON.stringify(splitField)}; name the one with the split by --split_field.`,
  );
}
