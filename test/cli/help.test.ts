import { expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-code.ts';
import { runHere } from './run-here.ts';

it('--help says what every exit status means, and where to begin', async () => {
  const { code, stdout } = await runHere(['--help']);
  expect(code).toBe(0);
  const [, statuses = ''] = stdout.split('Exit status:');
  for (const status of [EXIT.interrupted, EXIT].flatMap((codes) => Object.values(codes))) {
    if (typeof status === 'number') expect(statuses).toMatch(new RegExp(`\\b${status}\\b`));
  }
  expect(stdout).toContain('midiloom process --input_file pairs.jsonl --output_dir run');
});

it('process --help has every option below the heading of its subject', async () => {
  const { stdout } = await runHere(['process', '--help']);
  const sections = new Map(
    stdout.split(/^(?=[A-Z][^\n]*:$)/m).map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  const options = { 'Input:': 'input_file', 'MIDI to tokens:': 'tokenizer', 'The data set:': 'seed' };
  for (const [heading, name] of Object.entries(options)) {
    expect(sections.get(heading)).toMatch(new RegExp(`^  --${name}\\b`, 'm'));
  }
  expect(
    sections
      .get('Options:')
      ?.match(/^ +-\S+/gm)
      ?.map((flag) => flag.trim()),
  ).toEqual(['-h,']);
});
