/** Entry of the encoder process. It lives as long as the channel to its parent. */
import { ConfigError, codeOf, MissingError, messageOf } from '../errors.ts';
import { BatchCache } from './batch-cache.ts';
import { createEncoder, type LoadedEncoder } from './create-encoder.ts';
import { createTextProcessor } from './process-text.ts';
import type { EncoderSettings, FromEncoder, Refusal, TextJob, ToEncoder } from './text-messages.ts';

// A terminal sends its signals to the whole process group; the parent drains, and this process ends with it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('SIGHUP', () => {});
process.on('SIGUSR1', () => {});
process.on('disconnect', () => process.exit());

process.once('message', (message: ToEncoder) => {
  if (message.type === 'start') serve(message.settings);
});

function serve(settings: EncoderSettings): void {
  const load = once(() => loadEncoder(settings));
  const needsProbe = settings.encoder.name === 'transformers' && settings.encoder.useGpu;
  // With a cache the model may not be needed at all.
  if (settings.cache === undefined || needsProbe) load();
  const processText = BatchCache.open(settings.cache).then((cache) =>
    createTextProcessor({
      settings,
      cache,
      encode: async (texts) => (await load()).encoder.encode(texts),
      device: async () => (needsProbe ? (await load()).device() : 'cpu'),
    }),
  );
  // One window at a time: they share the model, and the parent counts the time of the first one only.
  let last: Promise<void> = Promise.resolve();
  process.on('message', (message: ToEncoder) => {
    if (message.type !== 'encode') return;
    last = last.then(async () => answer(message.id, message.jobs, await processText));
  });
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function loadEncoder(settings: EncoderSettings): Promise<LoadedEncoder> {
  try {
    const loaded = await createEncoder(settings.encoder, (change) => send({ type: 'provider_changed', change }));
    send({ type: 'ready', device: loaded.device(), probes: loaded.probes });
    return loaded;
  } catch (error) {
    send({ type: 'refused', ...refusalOf(error) });
    // The parent gives up; until it ends this process, nothing is answered.
    return new Promise(() => {});
  }
}

async function answer(
  id: number,
  jobs: readonly TextJob[],
  processText: ReturnType<typeof createTextProcessor>,
): Promise<void> {
  try {
    const result = await processText(jobs);
    send({ type: 'result', id, result, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    send({ type: 'failed', id, error: messageOf(error) });
  }
}

function refusalOf(error: unknown): Refusal {
  const kind = error instanceof ConfigError ? 'config' : error instanceof MissingError ? 'missing' : 'other';
  return { kind, code: codeOf(error) ?? 'text_encoder_unavailable', error: messageOf(error) };
}

function send(message: FromEncoder): void {
  process.send?.(message);
}
