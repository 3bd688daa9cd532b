import { threadsOf } from '../../config/threads.ts';
import { createEncoderClient } from '../../engine/encoder-client.ts';
import { openMidiPool } from '../../engine/midi-pool.ts';
import { whenNeeded } from '../../engine/when-needed.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import type { OpenedRun } from '../open/open-run.ts';
import { openRunCache } from './run-cache.ts';
import { runStages, type StageMeters } from './run-stages.ts';

/** Opens the cache, the worker threads and the encoder, runs both stages, and closes them again. */
export async function workOff(opened: OpenedRun): Promise<StageMeters> {
  const { config, context, chosen, plan, midi, text } = opened;
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
  const pool = openMidiPool(
    {
      ...access,
      midiRoot: root,
      tokenizer: chosen.tokenizer,
      maxSequenceLength: config.maxSequenceLength,
      maxDroppedShare: config.maxDroppedShare,
      sequencePolicy: config.sequencePolicy,
      windowOverlap: config.windowOverlap,
      keepsWords: config.vocabSize !== undefined,
      midiPatterns: config.midiPatterns,
      midiTextEncoding: config.midiTextEncoding,
      cache: cache?.stages.midi.access,
    },
    { workers: threadsOf(config.workers), taskTimeoutMs, onResult: cache?.stages.midi.onResult },
  );
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
