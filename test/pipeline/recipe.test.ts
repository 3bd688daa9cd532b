import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTokenizer, type ProcessOptions, presetConfig, processPairs, type RunEvent } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { TINY, writeTestModel } from '../../scripts/test-models/write-test-model.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('recipe');
const SMALL = { workers: 1, batchSize: 8, limit: 7 } as const;
const tokenizerConfig = join(folder, 'own-tokenizer.json');
writeFileSync(tokenizerConfig, createTokenizer({ ...presetConfig('tsd'), num_velocities: 8 }).toJson());

const CHOICES: readonly ProcessOptions[] = [
  {
    offset: 2,
    textField: 'title',
    idField: 'midi_file',
    splitField: 'language',
    tokenizer: 'remi',
    maxSequenceLength: 200,
    sequencePolicy: 'split',
    windowOverlap: 50,
    rowPerWindow: true,
    addEos: true,
    pad: true,
    maxDroppedShare: 0.5,
    midiTextEncoding: 'shift_jis',
    textDim: 16,
    embeddingPrecision: 'float16',
    split: 'a=0.333,b=0.333,c=0.333',
    seed: 5,
    dedupe: 'near',
    filter: 'n_notes>=20,metadata."style"!="a, b"|waltz',
    license: 'CC0-1.0',
    outputFormat: ['jsonl', 'miditok', 'packed'],
    shardSize: 1,
  },
  { tokenizerConfig, textEncoder: 'none', sample: 5, seed: 9, captions: ['first', 'optional'] },
];

const run = (name: string): string => join(folder, name);
const recipeOf = (name: string): string => join(run(name), 'dataset', 'recipe.json');

describe('the recipe of a data set', () => {
  it.each(CHOICES)('makes it again, byte for byte, of the same input (%#)', async (choices) => {
    const made = { inputFile: SAMPLE, outputDir: run(`made-${choices.tokenizer}`), textEncoder: 'hashing' } as const;
    await processPairs({ ...made, ...SMALL, ...choices });
    const again = { inputFile: SAMPLE, outputDir: run(`again-${choices.tokenizer}`), workers: 2 };
    const events: RunEvent[] = [];
    const recipe = recipeOf(`made-${choices.tokenizer}`);
    await processPairs({ ...again, recipe }, { onEvent: (event) => events.push(event) });
    expect(folderDigest(join(again.outputDir, 'dataset'))).toEqual(folderDigest(join(made.outputDir, 'dataset')));
    expect(events.filter((event) => event.type === 'notice' && /another data set/.test(event.message))).toEqual([]);
    // The run goes on without the recipe.
    expect(await processPairs({ outputDir: again.outputDir })).toMatchObject({ status: 'complete' });
  });

  it('names the text model, of which a folder has to be given again', async () => {
    const textModel = join(folder, 'tiny');
    writeTestModel(textModel, TINY, ['q8']);
    const made = { inputFile: SAMPLE, outputDir: run('model'), limit: 3, workers: 1 };
    await processPairs({ ...made, textModel, dtype: 'q8', pooling: 'cls', maxTextTokens: 9 });
    const told = { inputFile: SAMPLE, outputDir: run('model-again'), recipe: recipeOf('model'), workers: 1 };
    const missing = { code: 'recipe_incomplete', message: expect.stringContaining('--text_model') };
    await expect(processPairs(told)).rejects.toMatchObject(missing);
    await processPairs({ ...told, textModel });
    expect(folderDigest(join(told.outputDir, 'dataset'))).toEqual(folderDigest(join(made.outputDir, 'dataset')));
  });

  it('leaves to a call what the call gives itself, and says in what the data set will be another', async () => {
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent) => events.push(event);
    const told = { inputFile: SAMPLE, outputDir: run('other'), recipe: recipeOf('made-remi'), workers: 1 };
    const { dataset } = await processPairs({ ...told, limit: 3, textDim: 8, filter: null }, { onEvent });
    expect(dataset?.rows).toBe(3);
    const said = events.flatMap((event) => (event.type === 'notice' ? event.message : [])).join('\n');
    expect(said).toContain('is not the input of the recipe (it has 3 pairs, that of the recipe 7)');
    expect(said).toContain('encoder.dimensions is 8, and 16 in the recipe');
  });

  it('is refused where it is none, is newer, or lacks what lies beside it', async () => {
    const refused = (recipe: string, more: ProcessOptions = {}) =>
      expect(processPairs({ inputFile: SAMPLE, outputDir: run('refused'), recipe, ...more })).rejects;
    await refused(SAMPLE).toMatchObject({ code: 'recipe_unreadable' });
    await refused(run('nowhere.json')).toMatchObject({ code: 'recipe_unreadable' });
    mkdirSync(run('alone'));
    const alone = join(run('alone'), 'recipe.json');
    copyFileSync(recipeOf('made-undefined'), alone);
    await refused(alone).toMatchObject({
      code: 'recipe_incomplete',
      message: expect.stringContaining('tokenizer.json'),
    });
    writeFileSync(alone, JSON.stringify({ format: 'midiloom-recipe', version: 2, midiloom: '9.0.0' }));
    await refused(alone).toMatchObject({ code: 'recipe_version', message: expect.stringContaining('install 9.0.0') });
  });
});
