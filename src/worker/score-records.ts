import { hash } from 'node:crypto';
import { readingChoices } from '../charset/reading-choices.ts';
import { extractFeatures } from '../features/extract-features.ts';
import { mergeNotes } from '../features/merged-notes.ts';
import { type DecodeOutcome, decodeMidi } from '../midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../midi/limits.ts';
import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { peakDensity } from '../quality/peak-density.ts';
import { packPiece } from '../similarity/piece-bytes.ts';
import { createTokenizer, type EncodedScore, type Tokenizer } from '../tokens/create-tokenizer.ts';
import { limitSequences } from '../tokens/limit-sequences.ts';
import { noteCounter } from '../tokens/note-counter.ts';
import type { PairOutcome } from './batch-result.ts';
import { droppedText, type MidiLosses, midiLosses } from './midi-losses.ts';
import type { MidiWorkerSettings } from './midi-messages.ts';
import { packMidiRecord } from './midi-record.ts';
import { pieceOfFile } from './piece-of-file.ts';

/** What makes records of scores, with memory that serves one file after the other. */
export interface ScoreRecords {
  readonly tokenizer: Tokenizer;
  /** The score holds until the next file. */
  decode(file: Uint8Array): DecodeOutcome;
  /** Holds as long as the score. @throws MidiloomError for a score that no music has. */
  encode(score: Score): EncodedScore;
  /** Describes a score. @param file - that it is of. */
  recordOf(file: Uint8Array, score: Score, encoded: EncodedScore): PairOutcome;
}

export function createScoreRecords(settings: MidiWorkerSettings): ScoreRecords {
  const isSplit = settings.maxSequenceLength !== undefined && settings.sequencePolicy === 'split';
  const { keepsWords } = settings;
  const tokenizer = createTokenizer(
    settings.tokenizer,
    keepsWords ? { finds: 'words' } : isSplit ? { finds: 'bars' } : {},
  );
  const { hasNotes, countNotes } = noteCounter(tokenizer.vocabulary);
  const memory = new WorkSpace();
  const choices = { ...readingChoices(settings), messages: 'readsMessages' in tokenizer.tokenization };
  return {
    tokenizer,
    decode: (file) => decodeMidi(file, DEFAULT_LIMITS, memory, choices),
    encode: (score) => tokenizer.encode(score, memory),
    recordOf(file, score, encoded) {
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
          ...describe(file, score, memory, losses),
        }),
      };
    },
  };
}

export function failed(code: string, error: string): PairOutcome {
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
