import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ProcessOptions } from '../config/run-config.ts';
import { runPaths } from '../config/run-config.ts';
import { ConfigError } from '../errors.ts';

/** Names standard input as `--input_file`. */
export const STANDARD_INPUT = '-';
const NAME_DIGITS = 12;

/**
 * Keeps what comes by standard input in the run directory, under a name made of its content: it is read several times, and
 * again by every later call. Relative MIDI paths start where the command is given.
 *
 * @throws ConfigError `invalid_option` on a terminal, where nothing comes
 */
export async function saveStandardInput(
  options: ProcessOptions,
  input: Readable & { readonly isTTY?: boolean },
): Promise<ProcessOptions> {
  if (options.inputFile !== STANDARD_INPUT) return options;
  if (input.isTTY)
    throw new ConfigError('invalid_option', '--input_file - reads standard input; pipe a manifest into it.');
  const { outputDir } = runPaths(options);
  await mkdir(outputDir, { recursive: true });
  const unfinished = join(outputDir, `.standard-input-${process.pid}`);
  const hash = createHash('sha256');
  try {
    await pipeline(
      input,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(unfinished, { mode: 0o666 }),
    );
    const file = join(outputDir, `standard-input-${hash.digest('hex').slice(0, NAME_DIGITS)}`);
    if (!existsSync(file)) await rename(unfinished, file);
    return { ...options, inputFile: file, midiRoot: options.midiRoot ?? process.cwd() };
  } finally {
    await rm(unfinished, { force: true });
  }
}
