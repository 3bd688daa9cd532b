import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { writeDurably } from '../checkpoint/durable-replace.ts';
import type { StageReading } from '../checkpoint/read-stage.ts';
import { ConfigError } from '../errors.ts';
import { exportStage, INTERCHANGE_FORMAT, INTERCHANGE_VERSION } from '../interchange/export-stage.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { readStagesOf } from '../run-directory/read-stage-of.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import type { OperationContext } from './operation-context.ts';

export interface ExportOptions {
  /** Both, where it is left out. */
  readonly stages?: readonly StageName[] | undefined;
}

export interface ExportResult {
  readonly file: string;
  readonly bytes: number;
  readonly stages: readonly { readonly stage: string; readonly records: number }[];
}

/**
 * Writes stages in the interchange form: one as it is, several in an object under `stages`; gzipped where the file's name
 * ends in `.gz`. A run may be going; what it had saved at the start of the call is exported.
 *
 * @throws ConfigError `no_checkpoint` where none of the stages has begun.
 */
export async function exportRun(
  run: RunPlace,
  file: string,
  { stages: names = STAGES }: ExportOptions = {},
  { signal }: OperationContext = {},
): Promise<ExportResult> {
  const files = await filesOf(run);
  const { directory } = files;
  const found = await readStagesOf(files);
  const stages = names.flatMap((name) => found[name] ?? []);
  if (stages.length === 0) throw new ConfigError('no_checkpoint', `${directory} has no checkpoint to export`);
  const content = encoded(names.length === 1 ? textOf(stages) : documentOf(stages), signal);
  const bytes = await writeDurably(file, file.endsWith('.gz') ? gzipped(content) : content).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  return {
    file,
    bytes,
    stages: stages.map(({ checkpoint }) => ({ stage: checkpoint.stage, records: checkpoint.processed_data.records })),
  };
}

async function* documentOf(stages: readonly StageReading[]): AsyncGenerator<string> {
  yield `{"format": "${INTERCHANGE_FORMAT}", "version": ${INTERCHANGE_VERSION}, "stages": [\n`;
  for (const [at, stage] of stages.entries()) {
    if (at > 0) yield ',\n';
    yield* exportStage(stage);
  }
  yield ']}\n';
}

async function* textOf(stages: readonly StageReading[]): AsyncGenerator<string> {
  for (const stage of stages) yield* exportStage(stage);
}

async function* encoded(texts: AsyncIterable<string>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for await (const text of texts) {
    signal?.throwIfAborted();
    yield Buffer.from(text);
  }
}

/** A fault of the source ends the reading, too. */
function gzipped(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(content, createGzip(), () => {});
}
