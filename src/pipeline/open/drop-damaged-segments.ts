import type { StageStore } from '../../checkpoint/stage-store.ts';
import { CheckpointError } from '../../errors.ts';
import type { OpenedRun } from './open-run.ts';
import { retryLost } from './retry-pairs.ts';

/**
 * After a segment turned out damaged: brings it back from the second place, or gives it up, so that its pairs are made again.
 * Returns whether one was found.
 */
export async function dropDamagedSegments(error: unknown, opened: OpenedRun): Promise<boolean> {
  return error instanceof CheckpointError && (await mendStages(opened));
}

/** Reads every segment, and does that with those that are damaged. */
export async function mendStages({ midi, text, context }: OpenedRun): Promise<boolean> {
  const emit = (message: string): void => context.emit({ type: 'notice', message });
  const mended = [await mend(midi, emit), await mend(text, emit)];
  return mended.includes(true);
}

async function mend(store: StageStore, emit: (message: string) => void): Promise<boolean> {
  for (let found = false; ; found = true) {
    const bad = await store.verifyAll();
    if (bad === undefined) return found;
    const what = `${bad.file} is damaged (${bad.reason})`;
    if (await store.restore(bad)) {
      emit(`${what}; its copy was put in its place`);
      continue;
    }
    await store.lose(bad);
    await retryLost(store);
    emit(`${what}; the pairs in it are done again`);
  }
}
