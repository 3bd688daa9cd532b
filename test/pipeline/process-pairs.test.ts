import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProcessOptions, processPairs, type RunEvent } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('process-pairs');

function options(name: string, more: ProcessOptions = {}): ProcessOptions {
  const outputDir = join(folder, name);
  const small = { workers: 2, batchSize: 4, checkpointInterval: 2 };
  return { inputFile: SAMPLE, outputDir, textEncoder: 'hashing', outputFormat: ['jsonl'], ...small, ...more };
}

interface Row {
  readonly index: number;
  readonly text_description: string;
  readonly midi_tokens: readonly (number | readonly number[])[];
  readonly midi_metadata: { readonly n_notes: number };
}

function rowsOf(name: string): Row[] {
  const text = readFileSync(join(folder, name, 'dataset', 'processed_data.jsonl'), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

const dataset = (name: string): Record<string, string> => folderDigest(join(folder, name, 'dataset'));

describe('processPairs', () => {
  it('tells how far it is and what it wrote', async () => {
    const events: RunEvent[] = [];
    const result = await processPairs(options('events'), { onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({ status: 'complete', total: 53, completed: 49, failed: 4 });
    expect(events[0]).toMatchObject({ type: 'planned', total: 53, resumed: { midi: 0, text: 0 } });
    const saved = events.flatMap((event) =>
      event.type === 'saved' && event.stage === 'midi' ? [event.progress.saved] : [],
    );
    expect(saved).toEqual([8, 16, 24, 32, 40, 48, 53]);
    expect(events.at(-1)).toMatchObject({ type: 'merging', pairs: 53, rows: 49 });
  });

  it.each(['tsd', 'cpword'] as const)('writes the vocabulary that the ids are of (%s)', async (tokenizer) => {
    await processPairs(options(tokenizer, { tokenizer }));
    const read = (file: string): string => readFileSync(join(folder, tokenizer, 'dataset', file), 'utf8');
    const vocabulary: Record<string, number> | Record<string, number>[] = JSON.parse(read('vocabulary.json'));
    expect(vocabulary).toEqual(createTokenizer(parseTokenizerConfig(read('tokenizer.json'))).vocabulary.toJson());
    const columns = [vocabulary].flat().map((ids) => new Map(Object.entries(ids).map(([token, id]) => [id, token])));
    const [row] = rowsOf(tokenizer);
    const tokens = [row?.midi_tokens ?? []].flat(2).map((id, at) => columns[at % columns.length]?.get(id));
    expect(tokens).not.toContain(undefined);
    expect(tokens.filter((token) => token?.startsWith('Pitch_')).length).toBe(row?.midi_metadata.n_notes);
  });

  it('stops when asked, saved, and goes on later', async () => {
    await processPairs(options('undisturbed'));
    const stop = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'saved') stop.abort();
    };
    const stopped = await processPairs(options('stopped'), { signal: stop.signal, onEvent });
    expect(stopped).toMatchObject({ status: 'interrupted', dataset: undefined });
    expect(stopped.stages.midi.done).toBeLessThan(53);
    const finished = await processPairs(options('stopped'));
    expect(finished.status).toBe('complete');
    expect(finished.stages.midi.doneNow).toBe(53 - stopped.stages.midi.done);
    expect(dataset('stopped')).toEqual(dataset('undisturbed'));
  });

  it('writes what is done as a partial data set when asked to', async () => {
    const stop = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'saved') stop.abort();
    };
    const told = options('partial', { savePartial: true });
    const partial = await processPairs(told, { signal: stop.signal, onEvent });
    expect(partial).toMatchObject({ status: 'interrupted', dataset: { partial: true } });
    expect(rowsOf('partial')).toHaveLength(partial.dataset?.rows ?? -1);
    expect(readFileSync(join(folder, 'partial', 'dataset', 'README.md'), 'utf8')).toContain('Partial');
    await processPairs(told);
    expect(dataset('partial')).toEqual(dataset('undisturbed'));
  });

  it('gives every row its own caption, whatever fails around it', async () => {
    const root = join(folder, 'alignment-input');
    mkdirSync(root);
    const records = Array.from({ length: 60 }, (_, index) => {
      // Piece `index` has index + 1 notes and its caption says so; every 3rd MIDI and every 5th caption is bad.
      writeFileSync(
        join(root, `${index}.mid`),
        index % 3 === 1 ? 'broken' : tinyMidi(Array.from({ length: index + 1 }, () => 60)),
      );
      return { midi_file: `${index}.mid`, text_description: index % 5 === 2 ? '' : `notes ${index + 1}` };
    });
    const inputFile = join(root, 'pairs.json');
    writeFileSync(inputFile, JSON.stringify(records));
    const result = await processPairs(options('alignment', { inputFile }));
    const rows = rowsOf('alignment');
    expect(rows.map(({ index }) => index)).toEqual(
      records.flatMap((_, index) => (index % 3 === 1 || index % 5 === 2 ? [] : [index])),
    );
    for (const row of rows) expect(row.text_description).toBe(`notes ${row.midi_metadata.n_notes}`);
    expect(result.completed).toBe(rows.length);
    expect(result.completed + result.failed).toBe(60);
  });

  it('replaces a failure by the result of a retry, as if it had succeeded at once', async () => {
    const input = join(folder, 'retry-input');
    mkdirSync(join(input, 'midi'), { recursive: true });
    for (const file of readdirSync(join(dirname(SAMPLE), 'midi'))) {
      copyFileSync(join(dirname(SAMPLE), 'midi', file), join(input, 'midi', file));
    }
    copyFileSync(SAMPLE, join(input, 'pairs.jsonl'));
    const inputFile = join(input, 'pairs.jsonl');
    await processPairs(options('at-once', { inputFile }));

    const [first] = readFileSync(inputFile, 'utf8').split('\n');
    const { midi_file: lost } = JSON.parse(first ?? '');
    renameSync(join(input, lost), join(input, 'away.mid'));
    const before = await processPairs(options('retried', { inputFile }));
    renameSync(join(input, 'away.mid'), join(input, lost));
    const after = await processPairs(options('retried', { inputFile, mode: 'retry' }));
    expect(before.failed).toBeGreaterThan(4);
    expect(after).toMatchObject({ status: 'complete', failed: 4, completed: 49 });
    expect(dataset('retried')).toEqual(dataset('at-once'));
  });

  it('does again what a damaged segment held', async () => {
    await processPairs(options('damaged'));
    const segments = join(folder, 'damaged', 'midi_checkpoint.d');
    const [, second] = readdirSync(segments).sort();
    const file = join(segments, second ?? '');
    const bytes = readFileSync(file);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const notices: string[] = [];
    const result = await processPairs(options('damaged'), {
      onEvent: (event) => {
        if (event.type === 'notice') notices.push(event.message);
      },
    });
    expect(result).toMatchObject({ status: 'complete', completed: 49 });
    expect(notices.join('\n')).toContain(second);
    expect(dataset('damaged')).toEqual(dataset('undisturbed'));
  });

  it('merges again from the checkpoints alone', async () => {
    rmSync(join(folder, 'events', 'dataset'), { recursive: true });
    expect(await processPairs(options('events', { mode: 'merge' }))).toMatchObject({ status: 'complete' });
    expect(dataset('events')).toEqual(dataset('undisturbed'));
  });

  it('counts pairs up to a legacy checkpoint as processed elsewhere', async () => {
    const legacy = join(folder, 'legacy.json');
    writeFileSync(legacy, JSON.stringify({ last_processed_idx: 19, anything: true }));
    const result = await processPairs(options('legacy', { processingCheckpoint: legacy }));
    expect(result.status).toBe('complete');
    expect(rowsOf('legacy')[0]?.index).toBe(20);
  });

  it('lets one run at a time into a run directory', async () => {
    let second: Promise<unknown> = Promise.resolve();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'planned') second = processPairs(options('contended')).catch((error: unknown) => error);
    };
    expect(await processPairs(options('contended'), { onEvent })).toMatchObject({ status: 'complete' });
    expect(await second).toMatchObject({ code: 'run_locked' });
  });
});
