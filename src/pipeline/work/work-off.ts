import { createEncoderClient } from '../../engine/encoder-client.ts';
import { whenNeeded } from '../../engine/when-needed.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import type { OpenedRun } from '../open/open-run.ts';
import { openRunCache } from './run-cache.ts';
import { runStages, type StageMeters } from './run-stages.ts';

/** Opens the cache, the worker threads and the encoder, runs both stages, and closes them again. */
export async function workOff(opened: OpenedRun): Promise<StageMeters> {
  const { config, context, workers, plan, midi, text } = opened;
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  const taskTimeoutMs = config.taskTimeout * 1000;
  const access = {
    allowOutside: config.allowOutside,
    maxFileBytes: Math.floor(config.maxFileMb * 2 ** 20),
  };
  const onNotice = (message: string): void => context.emit({ type: 'notice', message });
  const cache = await openRunCache(
    config,
    { midi: midi.saved.fingerprint.id, text: text.saved.fingerprint.id },
    onNotice,
  );
  const pool = workers.take(root, cache?.stages.midi);
  const encoder = whenNeeded(async () =>
    createEncoderClient(
      {
        ...access,
        textRoot: root,
        textOptional: inputOptionsOf(config).textOptional ?? false,
        encoding: config.encoding,
        encoder: await opened.encoder.open(),
        embeddingPrecision: config.embeddingPrecision,
        cache: cache?.stages.text.access,
      },
      { taskTimeoutMs, onNotice, log: context.log, onResult: cache?.stages.text.onResult },
    ),
  );
  try {
    const meters = await runStages(opened, pool, encoder);
    return cache === undefined ? meters : { ...meters, cache: cache.counts() };
  } finally {
    await Promise.all([pool.close(), encoder.close()]);
    await cache?.close();
  }
}
