import type { StageInput } from '../../inputs/stage-input.ts';
import { isSameStamp, NO_FILE } from '../../manifest/file-stamp.ts';
import { inputStamp } from '../../manifest/input-stamp.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { CaptionAccess } from '../../worker/read-caption.ts';
import type { Cause } from './causes.ts';
import type { EarlierOutcomes } from './earlier-outcomes.ts';

/** A pair of the new manifest, and the outcome that was made from an input of the same name. */
export interface Candidate {
  readonly pair: Pair;
  readonly slot: number;
}

export interface InputAccess {
  /** Where relative paths start. */
  readonly root: string;
  readonly access: CaptionAccess;
  /** As `--check_inputs` says. */
  readonly how: 'auto' | 'all' | 'none';
}

/** What is to become of a candidate: the outcome is kept where there is no cause to make one. */
export interface Verdict extends Candidate {
  readonly cause: Cause | undefined;
  /** Whether it was made from a file, which is there now. */
  readonly file: 'none' | 'there' | 'gone';
}

const NOT_NOTED = new Uint8Array(NO_FILE.length);

/**
 * Whether the files are still what the outcomes were made from: by size and times, and by content where these are others. A result
 * whose file cannot be read any more is not kept, and a failure only where the very file is known on which it failed.
 */
export async function judgeInputs(
  candidates: readonly Candidate[],
  outcomes: EarlierOutcomes,
  input: StageInput,
  inputs: InputAccess,
): Promise<readonly Verdict[]> {
  const doubtful: Candidate[] = [];
  const verdicts: Verdict[] = [];
  await Promise.all(
    candidates.map(async (candidate) => {
      const verdict = await judgeByStamp(candidate, outcomes, input, inputs);
      if (verdict === undefined) doubtful.push(candidate);
      else verdicts.push(verdict);
    }),
  );
  if (doubtful.length === 0) return verdicts;
  doubtful.sort((a, b) => a.slot - b.slot);
  const records = await outcomes.outcomesOf(doubtful.map(({ slot }) => slot));
  for (const [at, candidate] of doubtful.entries()) {
    const record = records[at];
    if (record === undefined || !record.ok) verdicts.push({ ...candidate, cause: 'not_made', file: 'none' });
    else {
      const content = await input.contentOf(candidate.pair, record.bytes, inputs.root, inputs.access);
      const cause = content === 'same' ? undefined : content === 'changed' ? 'file_changed' : 'file_gone';
      verdicts.push({ ...candidate, cause, file: content === 'gone' ? 'gone' : 'there' });
    }
  }
  return verdicts;
}

/** `undefined` where contents are to be compared. */
async function judgeByStamp(
  candidate: Candidate,
  outcomes: EarlierOutcomes,
  input: StageInput,
  { root, access, how }: InputAccess,
): Promise<Verdict | undefined> {
  const { pair, slot } = candidate;
  const verdict = (cause?: Cause, file: Verdict['file'] = 'none'): Verdict => ({ ...candidate, cause, file });
  if (outcomes.isPassedOver(slot)) return verdict('tried_again');
  const path = input.fileOf(pair);
  if (path === undefined) return verdict();
  if (how === 'none' && outcomes.isMade(slot)) return verdict();
  const noted = outcomes.stampOf(slot);
  const now = await inputStamp(root, path, access);
  const isThere = now !== undefined && !isSameStamp(now, NO_FILE);
  const isSame = isThere && !isSameStamp(noted, NOT_NOTED) && isSameStamp(noted, now);
  if (outcomes.isMade(slot)) return isSame && how !== 'all' ? verdict(undefined, 'there') : undefined;
  if (isSame) return verdict(undefined, 'there');
  // What is not there is looked for again: it costs nothing, and the message depends on what lies beside it.
  const isOther = isThere && !isSameStamp(noted, NOT_NOTED);
  return verdict(isOther ? 'file_changed' : 'tried_again');
}
