import { CheckpointError } from '../errors.ts';
import { silent } from '../log.ts';
import { namelessPair } from '../operations/nameless-pair.ts';
import { reportRow } from '../pipeline/outputs/report-row.ts';
import { tokenReader } from '../pipeline/outputs/token-reader.ts';
import { pairCard } from '../report/pair-card.ts';
import { tokenizerOfStage } from '../run-directory/tokenizer-of-stage.ts';
import { unpackMidiRecord } from '../worker/midi-record.ts';
import { unpackTextRecord } from '../worker/text-record.ts';
import { type PickedPair, rowOf } from './pair-pages.ts';
import type { PairCard, PairDetail } from './wire.ts';

/** Of a manifest's line; some carry whole files. */
const MAX_CHARACTERS = 20_000;

/** All of one pair. */
export async function pairDetail(picked: PickedPair): Promise<PairDetail> {
  return { row: rowOf(picked), manifest: manifestText(picked), card: await cardOf(picked) };
}

function manifestText({ pair }: PickedPair): string | null {
  if (pair === undefined) return null;
  const { id, midiFile, text, textFile, split, metadata } = pair;
  const told = { id, midi_file: midiFile, text_description: text, text_file: textFile, split, ...metadata };
  const written = JSON.stringify(told, undefined, 2);
  return written.length > MAX_CHARACTERS ? `${written.slice(0, MAX_CHARACTERS)}…` : written;
}

/** As in the report. */
async function cardOf({ index, followed, pair, records: { midi, text } }: PickedPair): Promise<PairCard | null> {
  if (!midi?.ok || !text?.ok) return null;
  try {
    const tokenizer = await followed.look(({ stages }) => {
      const { view } = stages.midi;
      return view && tokenizerOfStage(view.checkpoint, followed.run.files.directory);
    });
    if (tokenizer === undefined) return null;
    const row = reportRow({
      pair: pair ?? namelessPair(index),
      midi: unpackMidiRecord(midi.bytes),
      text: unpackTextRecord(text.bytes),
    });
    const { markup, data } = pairCard(row, tokenReader(tokenizer, silent));
    return { markup: markup.text, play: data.play };
  } catch (error) {
    if (error instanceof CheckpointError) return null;
    throw error;
  }
}
