import { createDirectory } from '../checkpoint/durable-replace.ts';
import { acquireRunLock } from '../checkpoint/run-lock.ts';
import type { RunConfig } from '../config/run-config.ts';
import { threadsOf } from '../config/threads.ts';
import { createEncoderClient } from '../engine/encoder-client.ts';
import { openMidiPool } from '../engine/midi-pool.ts';
import { whenNeeded } from '../engine/when-needed.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import type { RunDescription } from '../run-directory/run-description.ts';
import { freshSessionId, readSessions } from '../run-directory/session-log.ts';
import { uselessModel } from '../tokens/trained/useless-model.ts';
import { chosenCuration } from './chosen-curation.ts';
import { dropDamagedSegments } from './drop-damaged-segments.ts';
import { inSession } from './in-session.ts';
import { isWorkedOff } from './is-worked-off.ts';
import { keptTokenizer } from './kept-tokenizer.ts';
import { nameDamagedOutputs } from './name-damaged-outputs.ts';
import { type OpenedRun, openRun } from './open-stages.ts';
import { openRunCache } from './run-cache.ts';
import type { RunContext } from './run-events.ts';
import type { RunResult } from './run-result.ts';
import { runStages, type StageMeters } from './run-stages.ts';
import { tokenizerFileText, tokenizerOf } from './tokenizer-choice.ts';
import { usedPlace } from './used-place.ts';
import { writeOutputs } from './write-outputs.ts';

/** The recipe: lock the run directory, open what is there, run both stages, merge. */
export async function run(config: RunConfig, description: RunDescription, told: RunContext): Promise<RunResult> {
  const tokenizerFile = tokenizerFileText(config);
  const tokenizer = await keptTokenizer(config, tokenizerOf(config, tokenizerFile));
  const chosen = { description, tokenizer, tokenizerFile, curation: chosenCuration(config) };
  const place = usedPlace(config, told);
  await createDirectory(config.outputDir);
  const lock = await acquireRunLock(config.outputDir, told.log, {
    waitMs: config.lockTimeout * 1000,
    signal: told.signal,
  });
  const context = { ...told, signal: AbortSignal.any([told.signal, lock.lost]), lost: lock.lost };
  try {
    const lastSession = (await readSessions(config.outputDir)).at(-1);
    const sessionId = await freshSessionId(config.outputDir, new Date());
    const opened = await openRun(config, { sessionId, lastSession, ...chosen }, place, context);
    const { plan, resumed } = opened;
    context.emit({ type: 'planned', inputFile: config.inputFile, total: plan.total, resumed });
    for (const message of plan.notes) context.emit({ type: 'notice', message });
    const doubt = uselessModel(opened.identity.tokenizer);
    if (doubt !== undefined) context.emit({ type: 'notice', message: doubt });
    return await inSession(opened, () => workAndMerge(opened));
  } finally {
    await place?.place.close();
    await lock.release();
  }
}

async function workAndMerge(opened: OpenedRun): Promise<RunResult> {
  const { config, context } = opened;
  for (let isFirst = true; ; isFirst = false) {
    const isDue = config.mode !== 'merge' && !(await isWorkedOff(opened));
    const meters = isDue ? await workOff(opened) : undefined;
    if (config.mode === 'merge') await Promise.all([opened.changed('midi'), opened.changed('text')]);
    context.lost?.throwIfAborted();
    if (isFirst) await nameDamagedOutputs(config.outputDir, context);
    try {
      return await writeOutputs(opened, meters);
    } catch (error) {
      // A segment whose damage shows only when it is read: what it held is done again.
      if (config.mode === 'merge' || !(await dropDamagedSegments(error, opened))) throw error;
    }
  }
}

async function workOff(opened: OpenedRun): Promise<StageMeters> {
  const { config, context, identity, plan, midi, text } = opened;
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
      tokenizer: identity.tokenizer,
      maxSequenceLength: config.maxSequenceLength,
      sequencePolicy: config.sequencePolicy,
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
