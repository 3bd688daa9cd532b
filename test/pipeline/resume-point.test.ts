import { appendFileSync, copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processPairs, type RunEvent, readRunStatus } from 'midiloom';
import { expect, it } from 'vitest';
import { plannedText } from '../../src/cli/progress-text.ts';
import { summaryText } from '../../src/cli/summary-text.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('resume-point');

it('a run that goes on counts pairs as its summary and its status do: one that failed in both stages is one', async () => {
  const inputFile = join(folder, 'pairs.jsonl');
  copyFileSync(SAMPLE, inputFile);
  appendFileSync(inputFile, '\n{"midi_file": "gone.mid"}\n{"midi_file": "gone too.mid", "caption": "a"}\n{"broken');
  const run = { inputFile, midiRoot: dirname(SAMPLE), outputDir: join(folder, 'run'), offset: 50, workers: 1 };
  const { failed, total } = await processPairs({ ...run, textEncoder: 'hashing', outputFormat: ['jsonl'] });
  const planned: Extract<RunEvent, { type: 'planned' }>[] = [];
  const again = await processPairs(
    { outputDir: run.outputDir },
    { onEvent: (event) => event.type === 'planned' && planned.push(event) },
  );
  expect({ failed, total }).toEqual({ failed: 3, total: 6 });
  expect(planned.map(plannedText).join()).toContain('found MIDI 6/6, text 6/6, 3 failed');
  expect(summaryText(again)).toContain('6: 3 complete, 3 failed');
  expect((await readRunStatus(run.outputDir)).pairs).toMatchObject({ completed: 3, failed: 3 });
});
