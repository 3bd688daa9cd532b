import { CheckpointError } from '../errors.ts';
import type { OpenedRun } from './open-stages.ts';

/** After a segment turned out damaged: falls back to the segments before it. Returns whether one was found. */
export async function dropDamagedSegments(error: unknown, { midi, text, context }: OpenedRun): Promise<boolean> {
  if (!(error instanceof CheckpointError)) return false;
  let found = false;
  for (const store of [midi, text]) {
    const bad = await store.verifyAll();
    if (bad === undefined) continue;
    found = true;
    await store.dropFrom(bad);
    context.emit({
      type: 'notice',
      message: `${bad.file} is damaged (${bad.reason}); it and what follows are done again from pair ${store.lastIndex + 1}`,
    });
  }
  return found;
}
