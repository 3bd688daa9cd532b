import { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import { fillOptions } from '../config/run-config.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { type MachineReport, probeMachine } from '../tools/probe-machine.ts';
import { count } from './count.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';

interface DoctorFlags {
  readonly text_model?: string;
  readonly text_model_revision?: string;
  readonly model_cache?: string;
  readonly dtype?: string;
  readonly cache_dir?: string;
  readonly json?: true;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'what this machine has for a run: versions, cores, memory, the text model, and which GPU works with it',
    )
    .option('--text_model <NAME|DIR>', RUN_OPTIONS.textModel.help)
    .option('--text_model_revision <REV>', RUN_OPTIONS.textModelRevision.help)
    .option('--model_cache <DIR>', RUN_OPTIONS.modelCache.help)
    .option('--dtype <DTYPE>', RUN_OPTIONS.dtype.help)
    .option('--cache_dir <DIR>', RUN_OPTIONS.cacheDir.help)
    .option('--json', 'print JSON')
    .action(async (flags: DoctorFlags) => {
      const given = readOptionSources({
        flags: {
          textModel: flags.text_model,
          textModelRevision: flags.text_model_revision,
          modelCache: flags.model_cache,
          dtype: flags.dtype,
          cacheDir: flags.cache_dir,
        },
        environment: process.env,
        configFile: undefined,
      });
      const report = await probeMachine(fillOptions(given));
      await printResult(report, flags, reportText);
    });
}

function reportText({
  versions,
  system,
  cores,
  memory,
  model,
  gpus,
  gpu_providers,
  providers,
  cache,
}: MachineReport): string {
  const facts: readonly (readonly [string, string])[] = [
    [
      'versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version ?? 'not installed'}`)
        .join(', '),
    ],
    ['system', `${system.platform} ${system.arch}, ${system.processor}`],
    ['cores', `${cores} for this process`],
    ['memory', `${gigabytes(memory.free_bytes)} of ${gigabytes(memory.total_bytes)} free`],
    [
      'cache',
      cache === null
        ? 'empty'
        : `${count(cache.entries)} results, ${(cache.bytes / 2 ** 20).toFixed(1)} MiB in ${cache.directory}`,
    ],
    ['GPUs', gpus === null ? 'the system does not say' : gpus.join(', ') || 'the system names none'],
    ['model', model.ok ? `${model.name} (${model.dtype}) in ${model.directory}` : 'cannot be run:'],
  ];
  const lines = facts.map(([name, text]) => `${name.padEnd(9)} ${printable(text)}`);
  const rest = model.ok
    ? ['', 'provider  state   ms a batch  agreement', ...providers.map(providerLine)]
    : [
        ...model.error.split('\n').map((line) => `  ${printable(line)}`),
        '',
        'Without the model no GPU can be tried. With --use_gpu these are:',
        ...Object.entries(gpu_providers).map(([name, needs]) => `${name.padEnd(9)} needs ${needs}`),
      ];
  return `${[...lines, ...rest].join('\n')}\n`;
}

function providerLine(probe: MachineReport['providers'][number]): string {
  const name = probe.provider.padEnd(9);
  if (!probe.ok) return `${name} no      ${printable(probe.reason)}\n                  needs ${probe.remedy}`;
  return `${name} works   ${probe.durationMs.toFixed(1).padStart(10)}  ${probe.cosine.toFixed(6)}`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
