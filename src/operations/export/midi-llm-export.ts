import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { ConfigError } from '../../errors.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import { presetConfig } from '../../tokens/preset-config.ts';
import { wholePieceLines } from '../../tokens/tokenizations/amt/sequence-packer.ts';
import { captionFacts, copyFacts } from './captions-export.ts';
import { type MidiSource, scoreOf } from './midi-source.ts';
import { SplitFiles } from './split-files.ts';

/** Ids of Llama 3.2, after which those of AMT come. */
const TEXT_IDS = 128_256;
const PROMPT = 'You are a world-class composer. Please compose some music according to the following description: ';

/**
 * What MIDI-LLM trains on: `captions.json`, an object of captions by `location`; `splits.json`, the locations of each split;
 * `tokenized-events-<split>.txt`, `<location> | <1,024 ids of AMT>` a line, several a piece; and the same ready to train in
 * `<split>.jsonl`: the prompt, and ids behind those of Llama 3.2. A piece too short for a line has one that is shorter. Of several captions of a piece
 * the first is taken. The location of an augmented copy ends in `#` and its number.
 */
export async function midiLlmExport({ folder }: WriterSetup, source: MidiSource): Promise<RowWriter> {
  const tokenizer = createTokenizer(presetConfig('amt'));
  const captions = await folder.create('captions.json');
  const leftOut = await folder.create('left_out.jsonl');
  const events = new SplitFiles(folder, (split) => `tokenized-events-${split}.txt`);
  const examples = new SplitFiles(folder, (split) => `${split}.jsonl`);
  const locations = new Map<string, string[]>();
  const known = new Set<string>();
  return {
    add: async ({ source: row }) => {
      const { location: file, caption, split } = captionFacts(row);
      const location = row.augmentation === undefined ? file : `${file}#${row.augmentation.copy}`;
      const without = (reason: string) =>
        leftOut.write(Buffer.from(`${JSON.stringify({ index: row.pair.index, ...copyFacts(row), reason })}\n`));
      if (caption === null) return without('missing_text');
      if (known.has(location)) return without('other_caption');
      if (/[\r\n]| \| /.test(location)) throw badLocation(location);
      const score = await scoreOf(row, source);
      if (typeof score === 'string') return without(score);
      const packed = wholePieceLines(tokenizer.encode(score).streams[0] ?? []);
      if (typeof packed === 'string') return without(packed);
      if (packed.lines.length === 0) return without('inexpressible');
      await captions.write(
        Buffer.from(`${known.size === 0 ? '{\n' : ',\n'}${JSON.stringify(location)}: ${JSON.stringify(caption)}`),
      );
      known.add(location);
      locations.set(split, [...(locations.get(split) ?? []), location]);
      for (const ids of packed.lines) {
        await events.add(split, `${location} | ${ids.join(' ')}`);
        const prompt = `${PROMPT}${caption} `;
        await examples.add(split, JSON.stringify({ location, prompt, ids: ids.map((id) => id + TEXT_IDS) }));
      }
    },
    finish: async () => {
      await captions.write(Buffer.from(known.size === 0 ? '{}\n' : '\n}\n'));
      const splits = `${JSON.stringify(Object.fromEntries(locations), null, 2)}\n`;
      return [
        await captions.close(),
        await folder.write('splits.json', splits),
        ...(await events.close()),
        ...(await examples.close()),
        await leftOut.close(),
      ];
    },
  };
}

function badLocation(location: string): ConfigError {
  return new ConfigError(
    'format_refuses_name',
    `The MIDI file ${JSON.stringify(location)} has a name that a line of MIDI-LLM cannot hold (" | " or a line break); rename it.`,
  );
}
