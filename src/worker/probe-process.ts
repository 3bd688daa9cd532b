/** Entry of a process that runs a model once with one execution provider. It may crash or hang: that is what it is for. */
import { messageOf } from '../errors.ts';
import { openModelSession } from '../text/encoders/transformers/model-session.ts';
import { poolTokens } from '../text/encoders/transformers/pool-tokens.ts';
import type { ProbeAnswer, ProbeRequest } from '../text/encoders/transformers/probe-messages.ts';

process.once('disconnect', () => process.exit());
process.once('message', async (request: ProbeRequest) => {
  const answer = await tryProvider(request).catch(
    (error: unknown) => ({ ok: false, error: messageOf(error) }) as const,
  );
  process.send?.(answer);
});

async function tryProvider({ provider, settings, rows }: ProbeRequest): Promise<ProbeAnswer> {
  const session = await openModelSession(settings, provider);
  const ids = rows.map((row) => Int32Array.from(row));
  // The first inference compiles kernels; the second is what a run is made of.
  await session.run(ids);
  const startedAt = performance.now();
  const states = await session.run(ids);
  const durationMs = performance.now() - startedAt;
  const how = { pooling: settings.gives === 'vector' ? 'model' : 'mean', normalize: true } as const;
  return { ok: true, vectors: ids.map((row, at) => [...poolTokens(states, at, row.length, how)]), durationMs };
}
