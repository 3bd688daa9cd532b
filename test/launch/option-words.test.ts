import { expect, it } from 'vitest';
import { readProcessWords } from '../../src/cli/launch/process-words-given.ts';
import { optionNames } from '../../src/config/run-config.ts';
import { RUN_OPTIONS } from '../../src/config/run-options.ts';
import { optionWords } from '../../src/launch/option-words.ts';
import { taskOptions } from '../../src/launch/task-options.ts';

/** A value of each option, other than its default where it may be another. */
const VALUES = Object.fromEntries(
  optionNames().map((name) => {
    const { placeholder = '', default: fallback } = RUN_OPTIONS[name];
    const choices = placeholder.split(/[|,]/).filter((word) => /^[a-z][a-z0-9_-]*$/.test(word));
    if (placeholder === '') return [name, true];
    if (Array.isArray(fallback)) return [name, choices.slice(0, 2)];
    if (/^(N|S|MB|SHARE)(\||$)/.test(placeholder)) return [name, name === 'maxDroppedShare' ? 0.25 : 64];
    if (name === 'encoding' || name === 'midiTextEncoding') return [name, 'shift_jis'];
    if (RUN_OPTIONS[name].place === 'path') return [name, `/data/${name}, "it's" = x\n$HOME`];
    if (name === 'textPrefix') return [name, "query: 'x' \n"];
    if (name === 'split') return [name, 'train=0.5,test=0.5'];
    return [name, choices.at(-1) ?? 'some text = x'];
  }),
);

it('writes every option so that process reads the same', () => {
  const { given } = readProcessWords(optionWords(VALUES));
  expect(given).toEqual(VALUES);
});

it('writes what was taken back, and nothing of what is of one call only', () => {
  expect(optionWords({ useGpu: null, filter: null, useCache: false, savePartial: false, limit: 3 })).toEqual([
    '--no_use_gpu',
    '--no_filter',
    '--no_use_cache',
    '--limit=3',
  ]);
});

it('makes paths whole, and leaves names and addresses as they are', () => {
  const { options, savePartial } = taskOptions(
    { inputFile: 'a/pairs.jsonl', textModel: 'Xenova/model', backupDir: 's3://bucket/x', savePartial: true },
    'machines',
  );
  expect(options).toEqual({
    inputFile: `${process.cwd()}/a/pairs.jsonl`,
    textModel: 'Xenova/model',
    backupDir: 's3://bucket/x',
  });
  expect(savePartial).toBe(true);
});

it.each([
  [{ inputFile: 'pairs.jsonl' }, 'pods', '--input_file: pairs.jsonl is relative'],
  [{ inputFile: '-' }, 'machines', 'standard input'],
  [{}, 'machines', 'No manifest'],
  [{ inputFile: 'a', forceRestart: true }, 'machines', '--force_restart is not an option of tasks'],
  [{ inputFile: 'a', mode: 'retry' }, 'machines', '--mode is not an option of tasks'],
  [{ inputFile: 'a', task: 3 }, 'machines', '--task is not an option of tasks'],
  [{ inputFile: 'a', midiCheckpoint: 'x' }, 'machines', '--midi_checkpoint is not an option of tasks'],
] as const)('refuses what is nothing for tasks: %j', (given, pathsOf, message) => {
  expect(() => taskOptions(given, pathsOf)).toThrow(message);
});
