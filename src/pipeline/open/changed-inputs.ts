import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { type InputChange, inputChanges } from '../../inputs/input-changes.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../../inputs/stage-input.ts';
import type { Plan } from '../../manifest/plan.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import { inputReadingOf } from '../choose/input-reading.ts';
import type { RunContext } from '../run-events.ts';

const INPUTS = {
  midi: { input: MIDI_INPUT, files: 'MIDI files' },
  text: { input: TEXT_INPUT, files: 'caption files' },
} as const;
/** Names in a notice. */
const SHOWN = 3;

/**
 * Looks, for a stage and once, for the pairs of earlier sessions whose MIDI or caption file is another one by now, as
 * `--check_inputs` wants it; the user is told which. A file that is gone is told of too, and its row is kept: a finished run needs
 * its files no more, unless it `isUpdate`: then the data set is that of a run which never had the file. Where the run is asked to stop, the next session looks again.
 */
export function changedInputs(
  stores: Readonly<Record<StageName, StageStore>>,
  config: RunConfig,
  plan: Plan,
  context: RunContext,
  isUpdate: boolean,
): (stage: StageName) => Promise<readonly number[]> {
  const lastIndexes = { midi: stores.midi.lastIndex, text: stores.text.lastIndex };
  const found = new Map<StageName, Promise<readonly number[]>>();
  return (stage) => {
    const known = found.get(stage);
    if (known !== undefined) return known;
    const looking = look(stage, stores[stage], lastIndexes[stage], config, plan, context, isUpdate);
    found.set(stage, looking);
    return looking;
  };
}

async function look(
  stage: StageName,
  store: StageStore,
  lastIndex: number,
  config: RunConfig,
  plan: Plan,
  { emit, log, signal }: RunContext,
  isUpdate: boolean,
): Promise<readonly number[]> {
  const { mode, checkInputs, midiRoot, allowOutside, maxFileMb } = config;
  if (checkInputs === 'none' || lastIndex < plan.first) return [];
  const { input, files } = INPUTS[stage];
  const root = midiRoot ?? plan.defaultMidiRoot;
  const access = {
    allowOutside,
    maxBytes: Math.floor(maxFileMb * 2 ** 20),
    ...inputReadingOf(config, plan),
    knownFolders: new Map(),
  };
  const check = { plan, root, access, how: checkInputs, lastIndex, signal };
  const changed: InputChange[] = [];
  const gone: InputChange[] = [];
  for await (const change of inputChanges(store, input, check)) {
    (change.kind === 'changed' || isUpdate ? changed : gone).push(change);
  }
  log('debug', 'inputs checked', () => ({ stage, how: checkInputs, changed: changed.length, gone: gone.length }));
  if (signal.aborted) return [];
  const isRedone = mode === 'start' || mode === 'continue' || mode === 'update';
  const so = isRedone ? 'their pairs are done again' : '`--mode continue` makes their rows anew';
  const tell = (what: string, changes: readonly InputChange[]): void => {
    if (changes.length > 0) emit({ type: 'notice', message: `${changes.length} ${files} ${what}: ${named(changes)}` });
  };
  tell(`changed since their rows were made, and ${so}`, changed);
  tell('are not there any more, and the rows made from them are kept', gone);
  return isRedone ? changed.map(({ index }) => index) : [];
}

function named(changes: readonly InputChange[]): string {
  const names = changes.slice(0, SHOWN).map(({ file }) => file);
  return changes.length > SHOWN ? `${names.join(', ')}, …` : names.join(', ');
}
