/**
 * A stage's life on a disk in memory that dies, fails or loses power at any call. What must hold after every crash: the
 * stage opens by itself, and is exactly as after the last step that was confirmed, or as after the step that was going on.
 */
import { expect, test } from 'vitest';
import { openStageStore } from '../../src/checkpoint/open-stage-store.ts';
import type { StageStore } from '../../src/checkpoint/stage-store.ts';
import { codeOf, StorageError } from '../../src/errors.ts';
import { MemoryFileSystem, PowerOff, seededRandom } from './memory-file-system.ts';
import { context, failureOf, mainPass, optionsFor, outcomes, recordText, retryPass } from './stage-fixture.ts';

type Random = ReturnType<typeof seededRandom>;

/** What a stage must hold: the outcome of each pair as text, and its status. */
interface Expected {
  readonly outcomes: readonly string[];
  readonly status: string;
}

interface Step {
  readonly expected: Expected;
  readonly run: (store: StageStore) => Promise<void>;
}

const NOTHING: Expected = { outcomes: [], status: 'not_started' };
const DIRECTORY = '/output/run';

async function openOn(disk: MemoryFileSystem): Promise<StageStore> {
  return (await openStageStore(optionsFor(DIRECTORY, { fileSystem: disk }))).store;
}

/** Main pass, a retry, more of the main pass, and its end. */
function shortLife(): readonly Step[] {
  const first = [recordText(0), 'failure 1 of pass 0', recordText(2)];
  const retried = [recordText(0), recordText(1, 1), recordText(2)];
  const second = [...retried, recordText(3), recordText(4)];
  return [
    { expected: inProgress(first), run: (store) => store.commit(mainPass(0, 2, [1]), context) },
    { expected: inProgress(retried), run: (store) => store.commit(retryPass(1, [1]), context) },
    { expected: inProgress(second), run: (store) => store.commit(mainPass(3, 4), context) },
    { expected: { outcomes: second, status: 'completed' }, run: (store) => store.saveStatus('completed', context) },
  ];
}

type Outcomes = readonly (readonly string[])[];

function withoutRetry(steps: Outcomes): readonly string[] {
  return ['record 0 of pass 0', 'failure 1 of pass 0', ...(steps[2]?.slice(2) ?? [])];
}

/** The pair that was retried is there all the same. */
function withoutFirst(steps: Outcomes): readonly string[] {
  return ['missing', recordText(1, 1), 'missing', ...(steps[2]?.slice(3) ?? [])];
}

const inProgress = (outcomesNow: readonly string[]): Expected => ({ outcomes: outcomesNow, status: 'in_progress' });

/** Lives through the steps; the state that is confirmed, and the one that was being saved when it ended. */
async function live(disk: MemoryFileSystem, steps: readonly Step[], from: Expected): Promise<readonly Expected[]> {
  let confirmed = from;
  let wanted = from;
  try {
    const store = await openOn(disk);
    for (const step of steps) {
      wanted = step.expected;
      await step.run(store);
      confirmed = wanted;
    }
  } catch (error) {
    if (!(error instanceof PowerOff || error instanceof StorageError)) throw error;
  }
  return [confirmed, wanted];
}

async function stateOf(disk: MemoryFileSystem): Promise<Expected> {
  const store = await openOn(disk);
  expect(await store.verifyAll()).toBeUndefined();
  const found = await outcomes(store);
  const failed = found.filter((text) => text.startsWith('failure')).length;
  const missing = found.filter((text) => text === 'missing').length;
  expect([store.saved.failed_count, store.saved.completed]).toEqual([failed, found.length - failed - missing]);
  return { outcomes: found, status: store.saved.status };
}

/** Every number of a call that the steps make. */
async function callsOf(steps: readonly Step[]): Promise<readonly number[]> {
  const disk = new MemoryFileSystem();
  await live(disk, steps, NOTHING);
  return Array.from({ length: disk.calls }, (_, call) => call);
}

function dyingAt(call: number): MemoryFileSystem {
  const disk = new MemoryFileSystem();
  disk.onCall = (at) => (at === call ? 'die' : 'go');
  return disk;
}

test('killed at any call, a stage is as before or as after the step', async () => {
  const steps = shortLife();
  for (const call of await callsOf(steps)) {
    const disk = dyingAt(call);
    const allowed = await live(disk, steps, NOTHING);
    expect(allowed, `killed at call ${call}`).toContainEqual(await stateOf(disk.afterKill()));
  }
});

test('killed at any call, and at any call of the recovery, a stage still recovers', async () => {
  const steps = shortLife();
  for (const call of await callsOf(steps)) {
    let disk = dyingAt(call);
    const allowed = await live(disk, steps, NOTHING);
    // Each recovery gets one call further than the one before.
    for (let further = 1; ; further++) {
      disk = disk.afterKill();
      disk.onCall = (at) => (at === further ? 'die' : 'go');
      if (await openOn(disk).then(() => true, isPowerOff)) break;
    }
    expect(allowed, `killed at call ${call}`).toContainEqual(await stateOf(disk.afterKill()));
  }
});

test('whatever a power cut at any call takes, a stage is as before or as after the step', async () => {
  const steps = shortLife();
  for (const call of await callsOf(steps)) {
    for (let seed = 0; seed < 8; seed++) {
      const disk = dyingAt(call);
      const allowed = await live(disk, steps, NOTHING);
      const after = disk.afterPowerCut(seededRandom(call * 1000 + seed));
      expect(allowed, `power cut at call ${call}, seed ${seed}`).toContainEqual(await stateOf(after));
    }
  }
});

test.each([
  ['the checkpoint is damaged', ['midi_checkpoint.json'], (steps: Outcomes) => steps[2]],
  ['a retry is damaged', ['midi_checkpoint.d/segment-0000001.msgpack'], withoutRetry],
  ['the first segment is damaged', ['midi_checkpoint.d/segment-0000000.msgpack'], withoutFirst],
  [
    'both are damaged',
    ['midi_checkpoint.json', 'midi_checkpoint.d/segment-0000002.msgpack'],
    (steps: Outcomes) => steps[1],
  ],
])('when %s, a kill or power cut at any call of the recovery does not harm it', async (_, damaged, expectedOf) => {
  const steps = shortLife();
  const original = new MemoryFileSystem();
  await live(original, steps, NOTHING);
  for (const file of damaged) original.poke(`${DIRECTORY}/${file}`, original.peek(`${DIRECTORY}/${file}`).subarray(1));
  const expected = { outcomes: expectedOf(steps.map((step) => step.expected.outcomes)), status: 'in_progress' };
  const undisturbed = original.copy();
  expect(await stateOf(undisturbed)).toEqual(expected);
  for (let call = 0; call < undisturbed.calls; call++) {
    const disk = original.copy();
    disk.onCall = (at) => (at === call ? 'die' : 'go');
    await live(disk, [], NOTHING);
    for (let seed = 0; seed < 4; seed++) {
      expect(await stateOf(disk.copy().afterPowerCut(seededRandom(seed))), `power cut at call ${call}`).toEqual(
        expected,
      );
    }
    expect(await stateOf(disk.afterKill()), `killed at call ${call}`).toEqual(expected);
  }
});

test('a start over that is killed at any call leaves the old stage, a new one, or a refusal, and loses nothing before it has saved', async () => {
  const steps = shortLife();
  const original = new MemoryFileSystem();
  await live(original, steps, NOTHING);
  const old = await stateOf(original);
  const fresh = inProgress(['failure 0 of pass 0']);
  const startOver = async (disk: MemoryFileSystem): Promise<void> => {
    const { store } = await openStageStore(optionsFor(DIRECTORY, { fileSystem: disk, restart: true }));
    await store.commit(mainPass(0, 0, [0]), context);
  };
  const undisturbed = original.copy();
  await startOver(undisturbed);
  const found: string[] = [];
  for (let call = 0; call < undisturbed.calls; call++) {
    const disk = original.copy();
    disk.onCall = (at) => (at === call ? 'die' : 'go');
    await startOver(disk).catch(isPowerOff);
    for (const after of [disk.copy().afterPowerCut(seededRandom(call)), disk.afterKill()]) {
      const state = await stateOf(after.copy()).catch((error) => codeOf(error) ?? String(error));
      const status = typeof state === 'string' ? state : state.status;
      if (typeof state === 'string') expect(state).toBe('segments_missing');
      else expect([old, NOTHING, fresh], `killed at call ${call}`).toContainEqual(state);
      if (status === 'segments_missing' || status === 'not_started') {
        const kept = (await after.readdir(DIRECTORY)).filter((name) => name.includes('.d.old-'));
        expect(kept, `killed at call ${call}`).toHaveLength(1);
      }
      found.push(status);
      await startOver(after);
      expect(await stateOf(after)).toEqual(fresh);
    }
  }
  expect([...new Set(found)].sort()).toEqual(['completed', 'in_progress', 'not_started', 'segments_missing']);
});

test.each(['EIO', 'ENOSPC', 'EROFS'])(
  '%s at any call is a storage error, and the stage goes on from there',
  async (errno) => {
    const steps = shortLife();
    const codes = new Set<string | undefined>();
    for (const call of await callsOf(steps)) {
      const disk = new MemoryFileSystem();
      disk.onCall = (at) => (at === call ? { errno } : 'go');
      const allowed = await live(disk, steps, NOTHING);
      const state = await stateOf(disk.afterKill());
      expect(allowed, `${errno} at call ${call}`).toContainEqual(state);

      const rest = steps.slice(steps.findIndex((step) => sameState(step.expected, state)) + 1);
      await live(disk, rest, state);
      expect(await stateOf(disk), `${errno} at call ${call}, continued`).toEqual(steps.at(-1)?.expected);
      codes.add(await codeAt(call, errno));
    }
    codes.delete(undefined); // a call whose failure does no harm
    expect([...codes]).toEqual([{ EIO: 'storage_io', ENOSPC: 'storage_full', EROFS: 'storage_read_only' }[errno]]);
  },
);

/** MIDILOOM_TEST_LIVES=10000 for the long form. */
test('random lives with kills and power cuts on the way lose nothing that was confirmed', async () => {
  const lives = Number(process.env.MIDILOOM_TEST_LIVES ?? 80);
  const seeds = Array.from({ length: lives }, (_, at) => 7000 + at);
  console.log(`seeds ${seeds[0]} to ${seeds.at(-1)}`);
  for (const seed of seeds) await randomLife(seed, (disk) => disk);
});

test.each([
  ['does not fsync files', 'file'],
  ['does not fsync directories', 'directory'],
] as const)('this rig catches a writer that %s', async (_, kind) => {
  const caught: number[] = [];
  for (let seed = 0; seed < 40; seed++) {
    await randomLife(seed, (disk) => withoutSync(disk, kind)).catch(() => caught.push(seed));
  }
  expect(caught.length).toBeGreaterThan(0);
});

/** Ten sessions of random steps, each of which may end in a kill or a power cut. */
async function randomLife(seed: number, wrap: (disk: MemoryFileSystem) => MemoryFileSystem): Promise<void> {
  const random = seededRandom(seed);
  let disk = wrap(new MemoryFileSystem());
  let state = NOTHING;
  let pass = 0;
  for (let session = 0; session < 10; session++) {
    const deadline = random(250);
    disk.onCall = (call) => (call === deadline ? 'die' : 'go');
    const steps = randomSteps(state, random, pass);
    pass += steps.length;
    const allowed = await live(disk, steps, state);
    disk = wrap(random(2) === 0 ? disk.afterKill() : disk.afterPowerCut(random));
    state = await stateOf(disk);
    expect(allowed, `seed ${seed}, session ${session}`).toContainEqual(state);
    disk = wrap(disk.afterKill());
  }
}

function randomSteps(from: Expected, random: Random, passesSoFar: number): readonly Step[] {
  const steps: Step[] = [];
  let pass = passesSoFar;
  for (let current = [...from.outcomes], count = 1 + random(5); steps.length < count; ) {
    pass++;
    const failed = current.flatMap((text, index) => (text.startsWith('failure') ? [index] : []));
    const kind = random(4);
    if (kind === 0) {
      const expected = { outcomes: current, status: 'completed' };
      steps.push({ expected, run: (store) => store.saveStatus('completed', context) });
      continue;
    }
    const commit =
      kind === 1 && failed.length > 0
        ? retryPass(
            pass,
            failed,
            failed.filter(() => random(2) === 0),
          )
        : mainPass(current.length, current.length + random(4), random(2) === 0 ? [] : [current.length]);
    current = applied(current, commit);
    steps.push({ expected: inProgress(current), run: (store) => store.commit(commit, context) });
  }
  return steps;
}

function applied(current: readonly string[], commit: ReturnType<typeof mainPass>): string[] {
  const next = [...current];
  for (let index = commit.first; index <= commit.last; index++) {
    const isRetried = commit.pass > 0 && current[index]?.startsWith('failure');
    if (commit.pass === 0 || isRetried) next[index] = recordText(index, commit.pass);
  }
  for (const failure of commit.failures) next[failure.index] = failureOf(failure.index, commit.pass).error;
  return next;
}

/** The same disk under a program that believes it fsyncs. */
function withoutSync(disk: MemoryFileSystem, kind: 'file' | 'directory'): MemoryFileSystem {
  const open = disk.open.bind(disk);
  disk.open = async (path, flags) => {
    const file = await open(path, flags);
    const isFile = (await file.stat()).isFile();
    return isFile === (kind === 'file') ? { ...file, sync: async () => {} } : file;
  };
  return disk;
}

async function codeAt(call: number, errno: string): Promise<string | undefined> {
  const disk = new MemoryFileSystem();
  disk.onCall = (at) => (at === call ? { errno } : 'go');
  try {
    const store = await openOn(disk);
    for (const step of shortLife()) await step.run(store);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError);
    return codeOf(error);
  }
}

function sameState(a: Expected, b: Expected): boolean {
  return a.status === b.status && a.outcomes.join() === b.outcomes.join();
}

function isPowerOff(error: unknown): false {
  expect(error instanceof PowerOff || (error instanceof StorageError && error.cause instanceof PowerOff)).toBe(true);
  return false;
}
