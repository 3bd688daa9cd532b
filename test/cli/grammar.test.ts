import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli } from './run-cli.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('grammar');
const run = join(folder, 'run');

beforeAll(() => stopEarly(SAMPLE, run));

describe('every command that acts on a run', () => {
  it.each([['status'], ['checkpoint', 'show'], ['checkpoint', 'validate']])(
    'takes it as an argument or by --output_dir: %s %s',
    async (...command) => {
      const named = await runHere([...command, '--output_dir', run]);
      expect(await runHere([...command, run])).toEqual(named);
      expect(await runHere([...command, run, '--output-dir', `${run}/.`])).toEqual(named);
      expect(named.code).toBe(0);
    },
  );

  it('takes it before its other arguments', async () => {
    const copy = copyOf(run, folder, 'with-arguments');
    const file = join(folder, 'run.json');
    expect(await json('checkpoint', 'export', copy, file)).toMatchObject({ file });
    const imported = join(folder, 'imported');
    expect(await json('checkpoint', 'import', imported, file)).toHaveLength(2);
    expect(await json('checkpoint', 'skip', copy, '50', '51-52')).toEqual({ skipped: [50, 51, 52] });
    expect(await json('checkpoint', 'skip', '49', '--output_dir', copy)).toEqual({ skipped: [49] });
    expect(await json('checkpoint', 'retry', copy)).toMatchObject({ pending: {} });
    expect(await json('checkpoint', 'reset', copy, '--stage', 'text')).toMatchObject({ moved: expect.any(Array) });
  });

  it.each([
    [['status', 'a', '--output_dir', 'b'], 'RUN_DIR is a and --output_dir b'],
    [['status', SAMPLE], 'is a file, not a run directory'],
    [['process', SAMPLE], 'a manifest is named by --input_file'],
    [['checkpoint', 'export', 'out.json', run], 'in this order'],
    [['process', run, '--resume', '--mode', 'merge'], '--resume is --mode continue'],
    [['process', run, '--use_gpu', '--no_use_gpu'], 'cannot both be given'],
  ])('is refused where it is not clear: %j', async (args, message) => {
    const result = await runHere(args);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('goes on where the run stopped by process RUN_DIR --resume', async () => {
    const copy = copyOf(run, folder, 'resumed');
    const result = await runCli(['process', copy, '--resume', '--workers', '2', '--no-output-format']);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const { options } = JSON.parse(readFileSync(join(copy, 'run.json'), 'utf8'));
    expect(options).toMatchObject({ workers: 2, output_format: ['parquet'] });
  });
});

describe('a variable of the environment that is no setting', () => {
  it('is named, with the nearest one', async () => {
    const env = { MIDILOOM_BATCHSIZE: '8', MIDILOOM_LOG_LEVLE: 'debug', MIDILOOM_COLOUR_OF_BARS: 'red' };
    const { code, stderr } = await runCli(['status', run], { env });
    expect(code).toBe(0);
    expect(stderr).toContain('MIDILOOM_BATCHSIZE is ignored: did you mean MIDILOOM_BATCH_SIZE?');
    expect(stderr).toContain('MIDILOOM_LOG_LEVLE is ignored: did you mean MIDILOOM_LOG_LEVEL?');
    expect(stderr).toContain('MIDILOOM_COLOUR_OF_BARS is ignored: there is no such option');
  });
});
