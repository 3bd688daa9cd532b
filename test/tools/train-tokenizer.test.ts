import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTokenizer, decodeMidi, parseTokenizerConfig, processPairs, trainTokenizer } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { runHere } from '../cli/run-here.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { referenceIds } from '../tokens/train-model.ts';

const folder = temporaryFolder('train-tokenizer');
const lines = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
const part = (name: string, some: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, some.map((line) => `${line}\n`).join(''));
  return file;
};
const learnt = part('learnt.jsonl', lines.slice(0, 8));
const input = { inputFile: learnt, midiRoot: dirname(SAMPLE) };

describe('a vocabulary that is learned', () => {
  it.each(['bpe', 'unigram', 'wordpiece'] as const)(
    'by %s loads again, shortens pieces that were not in training, and gives them back',
    async (model) => {
      const { text, vocabulary_size: size, pieces } = await trainTokenizer(input, { model, vocabularySize: 700 });
      expect([size, pieces]).toEqual([700, 8]);
      const config = parseTokenizerConfig(text);
      const tokenizer = createTokenizer(config);
      const base = createTokenizer({ ...config, trained: null });
      for (const line of lines.slice(8, 12)) {
        const decoded = decodeMidi(readFileSync(join(dirname(SAMPLE), JSON.parse(line).midi_file)));
        if (!decoded.ok) continue;
        const [before, after] = [base.encode(decoded.score), tokenizer.encode(decoded.score)];
        expect(after.streams[0]?.length).toBeLessThan((before.streams[0]?.length ?? 0) * 0.95);
        expect(tokenizer.decode(after)).toEqual(base.decode(before));
      }
    },
  );

  it.each(['bar', 'beat', 'none'] as const)(
    'with words by %s: Hugging Face gives each word the ids that we give',
    async (splitBy) => {
      const { tokenizer: config } = await trainTokenizer(input, { model: 'bpe', vocabularySize: 600, splitBy });
      const decoded = decodeMidi(readFileSync(join(dirname(SAMPLE), JSON.parse(lines[10] ?? '').midi_file)));
      if (!decoded.ok) throw new Error(decoded.error.message);
      const { streams, words } = createTokenizer({ ...config, trained: null }, { finds: 'words' }).encode(
        decoded.score,
      );
      const [ids = new Uint16Array(0)] = streams;
      const starts = words?.[0]?.starts ?? [];
      const texts = starts.map((start, at) =>
        Array.from(ids.subarray(start, starts[at + 1] ?? ids.length), (id) => String.fromCharCode(id + 33)).join(''),
      );
      expect(await referenceIds(config.trained?.model ?? '', texts)).toEqual([
        ...(createTokenizer(config).encode(decoded.score).streams[0] ?? []),
      ]);
    },
  );

  it.each(['bpe', 'unigram'] as const)(
    'by %s is the same for the same files in another order, with copies of a caption',
    async (model) => {
      const options = { model, vocabularySize: 600 } as const;
      const other = part(
        'other-order.jsonl',
        [...lines.slice(0, 8)].reverse().flatMap((line) => [line, line]),
      );
      const [one, two] = [
        await trainTokenizer(input, options),
        await trainTokenizer({ ...input, inputFile: other }, options),
      ];
      expect(two.text).toBe(one.text);
    },
  );

  it('is written by the command line, from a run or an input, and refused before anything is read', async () => {
    const out = join(folder, 'tokenizer.json');
    const given = ['train-tokenizer', '--input_file', learnt, '--midi_root', dirname(SAMPLE), '--out', out];
    const { code, stdout } = await runHere([...given, '--vocab_size', '600', '--split_by', 'beat', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { file: out, vocabulary_size: 600, pieces: 8 }]);
    expect(parseTokenizerConfig(readFileSync(out, 'utf8')).encode_ids_split).toBe('beat');
    const small = await runHere([...given, '--vocab_size', '100']);
    expect([small.code, small.stderr]).toEqual([
      2,
      expect.stringMatching(/--vocab_size 100 must be more than the \d+ base/),
    ]);
    const again = await runHere([...given, '--tokenizer_config', out]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('has a learned vocabulary already')]);
    const none = await runHere(['train-tokenizer', folder, '--out', out]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('is not a run directory')]);
  });

  it('is learned from the training split of a run, from another one, a sample, or all, and says from what', async () => {
    const [run, out] = [join(folder, 'run'), join(folder, 'of-run.json')];
    const split = 'train=0.5,validation=0.5';
    await processPairs({ ...input, outputDir: run, textEncoder: 'none', workers: 1, split, outputFormat: ['jsonl'] });
    const rows = readFileSync(join(run, 'dataset/processed_data.jsonl'), 'utf8').trimEnd().split('\n');
    const filesOf = (name: string): string[] =>
      rows
        .map((line): { split: string; midi_file: string } => JSON.parse(line))
        .flatMap((row) => (row.split === name ? [row.midi_file] : []));
    const learn = async (...flags: string[]) => {
      const given = ['train-tokenizer', run, '--vocab_size', '520', '--out', out, '--json', ...flags];
      const { code, stdout, stderr } = await runHere(given);
      return code === 0 ? JSON.parse(stdout) : stderr;
    };
    expect(filesOf('train').length).toBeGreaterThan(1);
    expect(await learn()).toMatchObject({ split: 'train', pieces: filesOf('train').length });
    const alone = part(
      'train.jsonl',
      filesOf('train').map((midi_file) => JSON.stringify({ midi_file })),
    );
    const expected = await trainTokenizer({ ...input, inputFile: alone }, { model: 'bpe', vocabularySize: 520 });
    expect(readFileSync(out, 'utf8')).toBe(expected.text);
    expect(await learn('--of_split', 'validation')).toMatchObject({ pieces: filesOf('validation').length });
    expect(await learn('--sample', '1')).toMatchObject({ split: 'train', pieces: 1 });
    const all = await learn('--of_split', 'all');
    expect([all.pieces, all.split]).toEqual([8, undefined]);
    expect(await learn('--of_split', 'test')).toContain('train, validation');
    expect(await learn('--of_split', 'train', '--input_file', learnt)).toContain('leave --input_file out');
  });
});
