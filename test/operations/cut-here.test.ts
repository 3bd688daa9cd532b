import { describe, expect, it } from 'vitest';
import { isCutHere } from '../../src/operations/export/cut-here.ts';

const wanted = { maxSequenceLength: 512, sequencePolicy: 'split', windowOverlap: 0, vocabSize: undefined } as const;

describe('sequences of a run', () => {
  it('that were left whole are cut for an export, and those of a learned vocabulary with it', () => {
    expect(isCutHere(wanted, { max_sequence_length: null, sequence_policy: null })).toBe(true);
    expect(isCutHere({ ...wanted, maxSequenceLength: undefined }, { max_sequence_length: null })).toBe(false);
    expect(isCutHere({ ...wanted, vocabSize: 1000 }, { max_sequence_length: 64, sequence_policy: 'split' })).toBe(
      false,
    );
  });

  it.each([
    { max_sequence_length: 256, sequence_policy: 'split' },
    { max_sequence_length: 512, sequence_policy: 'truncate' },
    { max_sequence_length: 512, sequence_policy: 'split', window_overlap: 64 },
  ])('that were cut otherwise are refused: %j', (made) => {
    expect(() => isCutHere(wanted, made)).toThrow(expect.objectContaining({ code: 'sequences_cut' }));
    const same = { max_sequence_length: 512, sequence_policy: 'split', window_overlap: 0 };
    expect(isCutHere(wanted, same)).toBe(false);
  });
});
