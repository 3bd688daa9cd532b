import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import { joinWindows } from '../../tokens/join-windows.ts';
import { presetConfig } from '../../tokens/preset-config.ts';
import { captionFacts } from './captions-export.ts';
import { type MidiSource, scoreOf } from './midi-source.ts';

/**
 * What AMAAI's Text2midi trains on: `captions/captions.json`, JSON lines with `location` and `caption`, and the split and the ids of the
 * piece besides (`tokens`, without BOS and EOS), so that a loader needs no MIDI; and its REMI as MidiTok's `artifacts/tokenizer.json`.
 * Rows without a caption are none of it.
 *
 * @param isOwnTokenizer - whether the ids of the run are those.
 */
export async function text2midiExport(
  { folder }: WriterSetup,
  source: MidiSource,
  isOwnTokenizer: boolean,
): Promise<RowWriter> {
  const tokenizer = createTokenizer(presetConfig('text2midi'));
  const captions = await folder.create('captions/captions.json');
  const leftOut = await folder.create('left_out.jsonl');
  return {
    add: async ({ source: row }) => {
      const facts = captionFacts(row);
      const { index } = row.pair;
      if (facts.caption === null) return leftOut.write(lineOf({ index, reason: 'missing_text' }));
      const score = isOwnTokenizer ? undefined : await scoreOf(row, source);
      if (typeof score === 'string') return leftOut.write(lineOf({ index, reason: score }));
      const [ids = []] = score === undefined ? joinWindows(row.midi.tokens) : tokenizer.encode(score).streams;
      await captions.write(lineOf({ ...facts, tokens: Array.from(ids) }));
    },
    finish: async () => [
      await captions.close(),
      await leftOut.close(),
      await folder.write('artifacts/tokenizer.json', tokenizer.toJson()),
    ],
  };
}

function lineOf(value: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
