import { hash } from 'node:crypto';
import { fetchFile } from '../../manifest/fetched-file.ts';
import type { Plan } from '../../manifest/plan.ts';
import { readContainedFile } from '../../manifest/read-contained-file.ts';
import { unpackMidiRecord } from '../../worker/midi-record.ts';
import type { EarlierOutcomes } from './earlier-outcomes.ts';
import type { InputAccess } from './judge-inputs.ts';
import { NO_SLOT } from './key-table.ts';
import type { StageDecisions } from './stage-decisions.ts';

/** Records and pairs that are looked at together. */
const TOGETHER = 256;

/**
 * Keeps the results of MIDI files that have another name now: of those that no pair of the manifest has taken, the one that was made from a
 * file with the same content. Reads these results, and the files of the pairs that have none; nothing where there are none of either. Such
 * a pair is then known by the name that its file had (`keys`), so that its row is found, too.
 */
export async function findRenamed(
  plan: Plan,
  outcomes: EarlierOutcomes,
  decisions: StageDecisions,
  keys: BigUint64Array,
  { root, access }: InputAccess,
): Promise<void> {
  const wanted = [...decisions.made(plan.total)].filter((index) => decisions.isUndecided(index));
  if (wanted.length === 0) return;
  const left = await contentsLeft(outcomes, decisions, plan.total);
  if (left.size === 0) return;
  let next = 0;
  for await (const { pairs } of plan.batches(wanted[0] ?? 0, TOGETHER)) {
    for (const { index, midiFile, embedded, midiFault } of pairs) {
      if (index !== wanted[next]) continue;
      next++;
      if (midiFile === undefined || embedded !== undefined || midiFault !== undefined) continue;
      const file = readContainedFile(root, midiFile, access, await fetchFile(root, midiFile, access));
      const slot = file.ok ? left.get(hash('sha256', file.bytes)) : undefined;
      if (slot === undefined) continue;
      decisions.keep(index, slot);
      keys[index] = outcomes.inputs[slot] ?? 0n;
    }
    if (next === wanted.length) return;
  }
}

/** What results were made from that no pair has taken: SHA-256 of the file, and the slot. */
async function contentsLeft(
  outcomes: EarlierOutcomes,
  decisions: StageDecisions,
  total: number,
): Promise<ReadonlyMap<string, number>> {
  const isTaken = new Uint8Array(outcomes.inputs.length);
  for (let index = 0; index < total; index++) {
    const slot = decisions.slotOf(index);
    if (slot !== NO_SLOT) isTaken[slot] = 1;
  }
  const contents = new Map<string, number>();
  let group: number[] = [];
  const read = async (): Promise<void> => {
    const records = await outcomes.outcomesOf(group);
    for (const [at, slot] of group.entries()) {
      const record = records[at];
      if (record?.ok !== true) continue;
      const { sha256 } = unpackMidiRecord(record.bytes).metadata;
      if (typeof sha256 === 'string') contents.set(sha256, slot);
    }
    group = [];
  };
  for (const [slot, taken] of isTaken.entries()) {
    if (taken === 1 || !outcomes.isUsable(slot) || !outcomes.isMade(slot)) continue;
    if (group.push(slot) === TOGETHER) await read();
  }
  await read();
  return contents;
}
