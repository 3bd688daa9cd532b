import { hash } from 'node:crypto';
import { readingChoices } from '../charset/reading-choices.ts';
import { MidiloomError, messageOf } from '../errors.ts';
import { extractFeatures } from '../features/extract-features.ts';
import { mergeNotes } from '../features/merged-notes.ts';
import { type FileOutcome, readMidi } from '../manifest/read-contained-file.ts';
import { decodeMidi } from '../midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../midi/limits.ts';
import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { peakDensity } from '../quality/peak-density.ts';
import { packPiece } from '../similarity/piece-bytes.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import { limitSequences } from '../tokens/limit-sequences.ts';
import { noteCounter } from '../tokens/note-counter.ts';
import type { BatchCache } from './batch-cache.ts';
import type { PairOutcome } from './batch-result.ts';
import { droppedText, type MidiLosses, midiLosses } from './midi-losses.ts';
import type { MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { packMidiRecord } from './midi-record.ts';
import { pieceOfFile } from './piece-of-file.ts';

/** Makes the function that turns one pair into its MIDI record: read, decode, tokenize, describe. It never throws. */
export function createMidiProcessor(
  settings: MidiWorkerSettings,
  cache: BatchCache | undefined,
): (job: MidiJob) => PairOutcome {
  const isSplit = settings.maxSequenceLength !== undefined && settings.sequencePolicy === 'split';
  const { keepsWords } = settings;
  const tokenizer = createTokenizer(
    settings.tokenizer,
    keepsWords ? { finds: 'words' } : isSplit ? { finds: 'bars' } : {},
  );
  const { hasNotes, countNotes } = noteCounter(tokenizer.vocabulary);
  const memory = new WorkSpace();
  const choices = readingChoices(settings);
  const access = { allowOutside: settings.allowOutside, maxBytes: settings.maxFileBytes, knownFolders: new Map() };

  function processMidi(index: number, file: FileOutcome): PairOutcome {
    if (!file.ok) return failed(`midi_${file.code}`, file.message);
    const known = cache?.find(index, file.bytes);
    if (known !== undefined) return { ok: true, bytes: known };
    const decoded = decodeMidi(file.bytes, DEFAULT_LIMITS, memory, choices);
    if (!decoded.ok) return failed(decoded.error.code, decoded.error.message);

    const { score } = decoded;
    const encoded = tokenizer.encode(score, memory);
    if (!hasNotes(encoded)) return failed('midi_empty', 'the file has no note that the tokenizer keeps');
    const { sequences, cutTokens, cutNotes } = limitSequences(encoded, tokenizer, {
      maxLength: keepsWords ? undefined : settings.maxSequenceLength,
      policy: settings.sequencePolicy,
      overlap: settings.windowOverlap,
      countNotes,
    });
    const losses = midiLosses(score, encoded.losses, cutNotes);
    if (losses.dropped_share > settings.maxDroppedShare) return failed('midi_notes_dropped', droppedText(losses));
    const sequenceLength = sequences.streams.reduce((sum, ids) => sum + ids.length / sequences.columns, 0);
    return {
      ok: true,
      bytes: packMidiRecord({
        tokens: encoded.words === undefined ? sequences : { ...sequences, words: encoded.words },
        sequence_length: sequenceLength,
        cut_tokens: cutTokens,
        ...describe(file.bytes, score, memory, losses),
      }),
    };
  }

  function outcomeOf({ index, midiFile, embedded, fetched, fault }: MidiJob): PairOutcome {
    if (fault !== undefined) return failed(fault.code, fault.error);
    if (midiFile === undefined) return failed('missing_midi', 'the pair names no MIDI file');
    let stamp: Uint8Array | undefined;
    try {
      const file = readMidi(midiFile, embedded, settings.midiRoot, access, fetched);
      stamp = file.stamp;
      return { ...processMidi(index, file), stamp };
    } catch (error) {
      const code = error instanceof MidiloomError ? error.code : 'internal_error';
      return { ...failed(`midi_${code}`, messageOf(error)), stamp };
    }
  }

  let last: { readonly index: number; readonly outcome: PairOutcome } | undefined;
  return (job) => {
    // The captions of a record have one file, which is decoded once.
    const isLast = job.hasFileOfLast === true && last?.index === job.index - 1;
    last = { index: job.index, outcome: isLast && last !== undefined ? last.outcome : outcomeOf(job) };
    return last.outcome;
  };
}

function failed(code: string, error: string): PairOutcome {
  return { ok: false, code, error };
}

/** What the record says about the file besides its tokens. The same whatever the filters of a run are. */
function describe(file: Uint8Array, score: Score, memory: WorkSpace, losses: MidiLosses) {
  const notes = mergeNotes(score, memory);
  const piece = pieceOfFile(file, score, notes, memory);
  return {
    sketch: packPiece(piece),
    metadata: {
      sha256: piece.sha256,
      md5: hash('md5', file),
      note_hash: piece.noteHash,
      ...extractFeatures(score, notes),
      ...peakDensity(notes, createTempoMap(score)),
      repairs: score.repairs,
      ...losses,
    },
  };
}
