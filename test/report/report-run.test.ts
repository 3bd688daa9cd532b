import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportRun } from '../../src/operations/report-run.ts';
import type { ReportFacts } from '../../src/report/report-facts.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));
const folder = temporaryFolder('report');
const outputDir = join(folder, 'run');
const manifest = join(folder, 'pairs.jsonl');
const paths = defaultRunFiles(outputDir);

function run(...more: string[]) {
  const places = ['--input_file', manifest, '--midi_root', dirname(SAMPLE), '--output_dir', outputDir];
  const pace = ['--batch_size', '4', '--checkpoint_interval', '2', '--text_encoder', 'hashing', '--workers', '1'];
  return runHere(['process', ...places, ...pace, '--split', 'train=0.8,test=0.2', ...more]);
}

describe('the report of a run directory', () => {
  let atEnd: string;

  beforeAll(async () => {
    copyFileSync(SAMPLE, manifest);
    const result = await run('--filter', 'n_notes>=100');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    atEnd = readFileSync(join(outputDir, 'report.html'), 'utf8');
  });

  test('made later says the same as the one that the run ended with', async () => {
    const { file, facts } = await reportRun(paths);
    const later = readFileSync(file, 'utf8');
    expect(facts).toMatchObject({ state: 'complete', pairs: { total: 53, failed: 4, pending: 0 } });
    expect(facts.pairs.left_out).toBeGreaterThan(0);
    expect(facts.curation?.filters?.filters[0]?.filter).toBe('n_notes>=100');
    expect(Object.values(facts.curation?.splits ?? {}).reduce((sum, rows) => sum + rows, 0)).toBe(facts.pairs.rows);
    for (const id of ['overview', 'distributions', 'pairs', 'map', 'wrong']) {
      expect(sectionOf(later, id)).toBe(sectionOf(atEnd, id));
    }
  });

  test('is printed as JSON with the numbers behind the page', async () => {
    const result = await runHere(['report', outputDir, '--json']);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const facts: ReportFacts = JSON.parse(result.stdout);
    expect(facts.distributions.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'tempo',
        'key',
        'meter',
        'duration',
        'instruments',
        'notes',
        'tokens',
        'vocabulary',
        'script',
      ]),
    );
    const stages = Object.values(facts.timeline.stages).map((points) => points.at(-1)?.done);
    expect(stages).toEqual([53, 53]);
  });

  test('shows every pair with a picture and its caption, also where the manifest is gone or another', async () => {
    const warnings: string[] = [];
    const warn = (_: string, message: string): void => void warnings.push(message);
    writeFileSync(manifest, '{"midi_file": "other.mid", "text": "Another manifest"}\n');
    const other = await reportRun(paths, { log: warn });
    rmSync(manifest);
    const gone = await reportRun(paths, { log: warn });
    for (const { file, facts } of [other, gone]) {
      expect(facts.gallery).toHaveLength(facts.pairs.rows);
      expect(facts.gallery[0]).toMatchObject({ midiFile: undefined, caption: expect.stringContaining('waltz') });
      expect(readFileSync(file, 'utf8').match(/class="roll"/g)?.length).toBeGreaterThanOrEqual(facts.pairs.rows);
    }
    expect(warnings.join('\n')).toMatch(/another manifest now[\s\S]*cannot be read/);
  });

  test('is made of what is there where one stage is behind, or has not begun', async () => {
    for (const suffix of ['', '.bak']) rmSync(`${paths.checkpoints.text}${suffix}`, { force: true });
    rmSync(join(outputDir, 'dataset'), { recursive: true });
    const { facts } = await reportRun(paths);
    expect(facts).toMatchObject({ state: 'partial', pairs: { total: 53, rows: 0, failed: 3, pending: 50 } });
  });

  test('is refused where nothing has been saved', async () => {
    const empty = join(folder, 'empty');
    await expect(reportRun(defaultRunFiles(empty))).rejects.toMatchObject({
      code: 'nothing_to_report',
    });
  });
});

function sectionOf(page: string, id: string): string {
  const start = page.indexOf(`<section id="${id}"`);
  expect(start).toBeGreaterThan(0);
  return page.slice(start, page.indexOf('</section>', start));
}
