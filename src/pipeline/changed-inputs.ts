import type { StageStore } from '../checkpoint/stage-store.ts';
import type { RunConfig } from '../config/run-config.ts';
import { type InputChange, inputChanges } from '../inputs/input-changes.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../inputs/stage-input.ts';
import type { Plan } from '../manifest/plan.ts';
import type { StageName } from '../run-directory/run-files.ts';
import type { RunContext } from './run-events.ts';

/** What is looked at of a stage, and what happens to what changed. */
export interface LookedAt {
  readonly name: StageName;
  readonly store: StageStore;
  /** Last pair of which an earlier session has an outcome. */
  readonly lastIndex: number;
  /** Whether rows whose input changed are made again by this session. */
  readonly redone: boolean;
}

const INPUTS = {
  midi: { input: MIDI_INPUT, files: 'MIDI files' },
  text: { input: TEXT_INPUT, files: 'caption files' },
} as const;
/** Names in a notice. */
const SHOWN = 3;

/**
 * The pairs of earlier sessions whose MIDI or caption file is another one by now, as `--check_inputs` wants it; the user is told
 * which. A file that is gone is told of too, and its row is kept: a finished run needs its files no more.
 */
export async function changedInputs(
  { name, store, lastIndex, redone }: LookedAt,
  { checkInputs, midiRoot, allowOutside, maxFileMb }: RunConfig,
  plan: Plan,
  { emit, log, signal }: RunContext,
): Promise<readonly number[]> {
  if (checkInputs === 'none' || lastIndex < 0) return [];
  const { input, files } = INPUTS[name];
  const root = midiRoot ?? plan.defaultMidiRoot;
  const access = { allowOutside, maxBytes: Math.floor(maxFileMb * 2 ** 20), knownFolders: new Map() };
  const changed: InputChange[] = [];
  const gone: InputChange[] = [];
  for await (const change of inputChanges(store, input, { plan, root, access, how: checkInputs, lastIndex, signal })) {
    (change.kind === 'changed' ? changed : gone).push(change);
  }
  log('debug', 'inputs checked', () => ({ stage: name, how: checkInputs, changed: changed.length, gone: gone.length }));
  const tell = (what: string, changes: readonly InputChange[], so: string): void => {
    if (changes.length > 0) emit({ type: 'notice', message: `${changes.length} ${files} ${what}: ${named(changes)}; ${so}` });
  };
  const so = redone ? 'their pairs are done again' : '`--mode continue` makes their rows anew';
  tell('changed since their rows were made', changed, so);
  tell('are not there any more', gone, 'the rows made from them are kept');
  return changed.map(({ index }) => index);
}

function named(changes: readonly InputChange[]): string {
  const names = changes.slice(0, SHOWN).map(({ file }) => file);
  return changes.length > SHOWN ? `${names.join(', ')}, …` : names.join(', ');
}
