import type { Fields } from '../../checkpoint/fields.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { stageFiles } from '../../checkpoint/stage-files.ts';
import { type RetryRequest, readRequests } from '../../checkpoint/stage-requests.ts';
import { parseIndexes } from '../../config/index-list.ts';
import { ConfigError } from '../../errors.ts';
import { foreseeRetry, type RetrySelection, requestRetry } from '../../operations/request-retry.ts';
import { skipPairs } from '../../operations/skip-pairs.ts';
import { unskipPairs } from '../../operations/unskip-pairs.ts';
import { counted } from '../../report/format-number.ts';
import { type RunFiles, STAGES } from '../../run-directory/run-files.ts';
import { prepared } from './action.ts';

/** What is tried, tried again, or never tried. */
export const PAIR_ACTIONS = {
  retry: prepared({
    read: readSelection,
    command: ({ directory }, { codes, indexes }) => [
      'midiloom',
      'checkpoint',
      'retry',
      directory,
      ...codes.flatMap((code) => ['--code', code]),
      ...(indexes.length === 0 ? [] : ['--index', listed(indexes)]),
    ],
    foresee: async (files, selection) => {
      const { midi, text } = await foreseeRetry(files, selection);
      const before = await requestedBefore(files);
      return {
        will: [
          `${counted(midi, 'pair')} of the MIDI stage and ${counted(text, 'pair')} of the text stage become pending.`,
          'The next midiloom process tries them once more; what succeeds replaces the failure.',
        ],
        discards: before === undefined ? [] : [`It takes the place of the retry that was asked for before: ${before}.`],
      };
    },
    perform: async (files, selection, { signal, log }) => ({
      pending: await requestRetry(files, selection, { signal, log }),
    }),
  }),
  skip: prepared({
    read: readIndexes,
    command: ({ directory }, indexes) => ['midiloom', 'checkpoint', 'skip', directory, listed(indexes)],
    foresee: async (_, indexes) => ({
      will: [
        `${counted(indexes.length, 'pair is', 'pairs are')} never tried: ${listed(indexes)}. Those that failed get the code skipped.`,
      ],
      discards: [],
    }),
    perform: async (files, skipped, { signal, log }) => {
      await skipPairs(files, skipped, { signal, log });
      return { skipped };
    },
  }),
  unskip: prepared({
    read: readIndexes,
    command: ({ directory }, indexes) => ['midiloom', 'checkpoint', 'unskip', directory, listed(indexes)],
    foresee: async (_, indexes) => ({
      will: [
        `${counted(indexes.length, 'pair')} become pending: ${listed(indexes)}. The next midiloom process makes them.`,
      ],
      discards: [],
    }),
    perform: async (files, unskipped, { signal, log }) => {
      await unskipPairs(files, unskipped, { signal, log });
      return { unskipped };
    },
  }),
};

function readSelection(
  fields: Fields,
): Required<RetrySelection> & { readonly codes: readonly string[]; readonly indexes: readonly number[] } {
  return {
    codes: fields.has('codes') ? fields.texts('codes') : [],
    indexes: fields.has('indexes') ? parseIndexes(fields.texts('indexes'), '--index') : [],
  };
}

function readIndexes(fields: Fields): readonly number[] {
  const indexes = parseIndexes(fields.texts('indexes'), 'INDEX');
  if (indexes.length === 0) throw new ConfigError('invalid_option', 'INDEX: name at least one pair.');
  return indexes;
}

/** Ascending indexes as a command takes them: `3,10-20`. */
function listed(indexes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const latest = ranges.at(-1);
    if (latest?.[1] === index - 1) latest[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

async function requestedBefore({ checkpoints }: RunFiles): Promise<string | undefined> {
  for (const stage of STAGES) {
    const { retry } = await readRequests(stageFiles(checkpoints[stage]), nodeFileSystem);
    if (retry !== undefined) return requestText(retry);
  }
  return undefined;
}

function requestText({ codes, indexes }: RetryRequest): string {
  if (codes.length === 0 && indexes.length === 0) return 'of all failed pairs';
  return [...codes.map((code) => `code ${code}`), ...(indexes.length === 0 ? [] : [`pairs ${listed(indexes)}`])].join(
    ', ',
  );
}
