import { Command } from 'commander';
import type { CacheInfo } from '../cache/cache-messages.ts';
import { clearCache } from '../cache/result-cache.ts';
import { readOptionSources } from '../config/option-sources.ts';
import { fillOptions } from '../config/run-config.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { messageOf, StorageError } from '../errors.ts';
import { resultCacheDirectory } from '../pipeline/work/run-cache.ts';
import { askCache } from '../tools/ask-cache.ts';
import { count } from './count.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';

interface CacheFlags {
  readonly cache_dir?: string;
  readonly cache_size?: string;
  readonly json?: true;
}

type CacheOptions = ReturnType<typeof optionsOf>;

export function cacheCommand(): Command {
  const command = new Command('cache').description('the results that --use_cache keeps');
  const add = (name: string, description: string, act: (options: CacheOptions) => Promise<CacheInfo | null>): void => {
    command
      .command(name)
      .description(description)
      .option('--cache_dir <DIR>', RUN_OPTIONS.cacheDir.help)
      .option('--cache_size <MB>', RUN_OPTIONS.cacheSize.help)
      .option('--json', 'print JSON')
      .action(async (flags: CacheFlags) => {
        const options = optionsOf(flags);
        const info = await act(options).catch((error: unknown) => {
          throw new StorageError(
            'cache_unusable',
            `the cache in ${resultCacheDirectory(options)}: ${messageOf(error)}`,
          );
        });
        await printResult(info, flags, infoText);
      });
  };
  add('info', 'what the cache holds', (options) => askCache(options, (cache) => cache.info(), warn));
  add('clear', 'remove the cache and give its disk space back', async (options) => {
    await clearCache(resultCacheDirectory(options));
    return null;
  });
  add('prune', 'drop what was not used for longest until the cache is within --cache_size', (options) =>
    askCache(options, (cache) => cache.prune(), warn),
  );
  return command;
}

function warn(message: string): void {
  process.stderr.write(`${printable(message)}\n`);
}

function optionsOf(flags: CacheFlags) {
  const given = readOptionSources({
    flags: { cacheDir: flags.cache_dir, cacheSize: flags.cache_size },
    environment: process.env,
    configFile: undefined,
  });
  return fillOptions(given);
}

function infoText(info: CacheInfo | null): string {
  if (info === null) return 'The cache is empty.\n';
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return (
    `${count(info.entries)} results, ${megabytes(info.bytes)}, in ${printable(info.directory)}\n` +
    `the file has ${megabytes(info.file_bytes)}; it is filled again, and only \`midiloom cache clear\` makes it smaller\n`
  );
}
