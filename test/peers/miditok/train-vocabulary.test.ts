import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeMidi } from '../../../src/midi/decode-midi.ts';
import { createTokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../../src/tokens/parse-tokenizer-config.ts';
import { type PresetName, presetConfig } from '../../../src/tokens/preset-config.ts';
import { trainTokenizer } from '../../../src/tools/train-tokenizer.ts';
import { dataDirectory, listMidiFiles, skipReason } from '../../midi/shared-data.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = skipReason ?? missingPeers('miditok', 'symusic');
const folder = temporaryFolder('train-vocabulary');
const midiFiles = [
  ...listMidiFiles('midi/pop909').slice(0, 12),
  ...listMidiFiles('midi/miditok/MIDIs_multitrack').slice(0, 4),
];
const others = listMidiFiles('midi/pop909').slice(20, 26);

describe.skipIf(missing !== undefined)("MidiTok's train", () => {
  const peer = new Peer('miditok/train.py');
  afterAll(() => peer.end());

  it.each<[PresetName, 'bpe' | 'wordpiece', 'bar' | 'beat']>([
    ['tsd', 'bpe', 'bar'],
    ['remi', 'bpe', 'beat'],
    ['midilike', 'bpe', 'bar'],
    ['structured', 'wordpiece', 'bar'],
    ['tsd', 'wordpiece', 'beat'],
  ])(
    'learns of %s by %s with words of a %s the model that we learn, and reads ours',
    async (preset, model, splitBy) => {
      const base = { ...presetConfig(preset), encode_ids_split: splitBy };
      const [tokenizer, manifest, ours] = ['base.json', 'pairs.jsonl', 'ours.json'].map((name) => join(folder, name));
      writeFileSync(tokenizer ?? '', createTokenizer(base).toJson());
      writeFileSync(manifest ?? '', midiFiles.map((midi_file) => `${JSON.stringify({ midi_file })}\n`).join(''));
      const size = 800;
      const input = { inputFile: manifest, midiRoot: dataDirectory, tokenizerConfig: tokenizer };
      const { text } = await trainTokenizer(input, { model, vocabularySize: size, splitBy });
      writeFileSync(ours ?? '', text);
      const absolute = (names: readonly string[]): string[] => names.map((name) => join(dataDirectory, name));
      const kind = { bpe: 'BPE', wordpiece: 'WordPiece' }[model];
      const question = { tokenizer, model: kind, size, files: absolute(midiFiles), others: absolute(others), ours };
      const answer = await peer.ask(question);
      const trained = parseTokenizerConfig(text);
      const ids = absolute(others).map((file) => {
        const decoded = decodeMidi(readFileSync(file));
        return decoded.ok
          ? createTokenizer(trained)
              .encode(decoded.score)
              .streams.map((stream) => [...stream])
          : [];
      });
      expect(answer).toEqual({ model: JSON.parse(trained.trained?.model ?? ''), theirs: ids, ours: ids });
    },
  );

  it.each<[PresetName, 'bar' | 'beat']>([['remi', 'beat']])(
    'reads of %s a Unigram vocabulary of ours over words of a %s, which is no worse than its own',
    async (preset, splitBy) => {
      const base = { ...presetConfig(preset), encode_ids_split: splitBy };
      const [tokenizer, manifest, ours] = ['base.json', 'pairs.jsonl', 'ours.json'].map((name) => join(folder, name));
      writeFileSync(tokenizer ?? '', createTokenizer(base).toJson());
      writeFileSync(
        manifest ?? '',
        midiFiles
          .slice(0, 5)
          .map((midi_file) => `${JSON.stringify({ midi_file })}\n`)
          .join(''),
      );
      const input = { inputFile: manifest, midiRoot: dataDirectory, tokenizerConfig: tokenizer };
      const { text } = await trainTokenizer(input, { model: 'unigram', vocabularySize: 800, splitBy });
      writeFileSync(ours ?? '', text);
      const absolute = (names: readonly string[]): string[] => names.map((name) => join(dataDirectory, name));
      const files = { files: absolute(midiFiles.slice(0, 5)), others: absolute(others) };
      const answer = await peer.ask({ tokenizer, model: 'Unigram', size: 800, ...files, ours });
      const trained = createTokenizer(parseTokenizerConfig(text));
      const ids = absolute(others).map((file) => {
        const decoded = decodeMidi(readFileSync(file));
        return decoded.ok ? trained.encode(decoded.score).streams.map((stream) => [...stream]) : [];
      });
      expect(answer).toMatchObject({ ours: ids });
      const { theirs } = answer as { readonly theirs: readonly (readonly (readonly number[])[])[] };
      expect(ids.flat(2).length).toBeLessThan(theirs.flat(2).length * 1.05);
    },
  );
});
