import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProcessOptions, processPairs } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { readPacked } from '../../dataset/packed-reader.ts';
import { SAMPLE } from '../../pipeline/sample-run.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { missingPeers } from '../python.ts';

const missing = missingPeers('numpy', 'datasets', 'transformers', 'miditok');
const python =
  process.env.MIDILOOM_PEERS_PYTHON ?? fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const folder = temporaryFolder('examples');
const manifest = join(folder, 'pairs.jsonl');

async function exampleOf(
  script: string,
  options: ProcessOptions,
): Promise<{ readonly run: string; readonly arguments: string[] }> {
  const lines = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n').slice(10, 18);
  writeFileSync(manifest, lines.map((line) => `${line}\n`).join(''));
  const run = join(folder, script);
  const windows = { maxSequenceLength: 510, sequencePolicy: 'split' } as const;
  await processPairs({
    inputFile: manifest,
    midiRoot: dirname(SAMPLE),
    outputDir: run,
    workers: 1,
    ...windows,
    ...options,
  });
  return { run, arguments: [fileURLToPath(new URL(`../../../examples/${script}`, import.meta.url))] };
}

/** The first line, which needs no torch, whether it is there or not. */
function firstLine(parts: readonly string[]): string {
  const { stdout, stderr } = spawnSync(python, parts, { encoding: 'utf8' });
  expect(stderr.split('\n').filter((line) => line.includes('Error'))).toEqual([]);
  return stdout.split('\n')[0] ?? '';
}

describe.skipIf(missing !== undefined)('the example for', () => {
  it('PyTorch reads packed ids, and the caption of each window', async () => {
    const options = {
      textEncoder: 'hashing',
      textDim: 8,
      outputFormat: ['packed'],
      addBos: true,
      addEos: true,
      pad: true,
    } as const;
    const { run, arguments: parts } = await exampleOf('packed_torch.py', options);
    const stem = join(run, 'dataset/packed/train');
    const { sequences } = readPacked(stem);
    expect(firstLine([...parts, stem])).toBe(
      `${sequences.length} windows; the first: [${sequences[0]?.slice(0, 8).join(', ')}]`,
    );
    const script = `import sys; sys.path.insert(0, 'examples'); from packed_torch import Packed; print(Packed(sys.argv[1])[2]['caption'].shape)`;
    expect(execFileSync(python, ['-c', script, stem], { encoding: 'utf8' })).toBe('(8,)\n');
  });

  it('Hugging Face makes batches of the rows of Parquet', async () => {
    const { run, arguments: parts } = await exampleOf('hf_trainer.py', { textEncoder: 'none', rowPerWindow: true });
    expect(firstLine([...parts, join(run, 'dataset')])).toMatch(/^\d+ rows; a batch of \(4, \d+\)$/);
  });

  it('MidiTok finds a file for each window', async () => {
    const { run, arguments: parts } = await exampleOf('miditok_collator.py', {
      textEncoder: 'none',
      outputFormat: ['miditok'],
    });
    const line = firstLine([...parts, join(run, 'dataset')]);
    expect(Number(/the longest has (\d+) ids/.exec(line)?.[1])).toBeLessThanOrEqual(510);
  });
});
