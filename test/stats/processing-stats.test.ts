import { describe, expect, it } from 'vitest';
import { DatasetSummary } from '../../src/stats/dataset-summary.ts';
import { buildProcessingStats } from '../../src/stats/processing-stats.ts';

describe('processing statistics', () => {
  it('count pairs, failures by code, lengths, and rates of stages', () => {
    const summary = new DatasetSummary([['PAD', 'C4']]);
    for (const sequenceLength of [10, 20, 30]) {
      summary.addRow({
        sequenceLength,
        textLength: 5,
        ids: [Uint16Array.of(1)],
        eachField: (take) => take('tempo', 120),
      });
    }
    summary.addFailedPair([{ stage: 'midi', code: 'midi_not_smf', index: 3, error: 'not a MIDI file' }]);
    summary.addPendingPair();
    const stats = buildProcessingStats({
      total: 5,
      partial: true,
      summary: summary.facts(),
      stages: { midi: { done: 4, failed: 1, seconds: 2 }, text: { done: 0, failed: 0, seconds: 0 } },
      sessions: [],
    });
    expect(stats.pairs).toEqual({ total: 5, rows: 3, failed: 1, pending: 1, left_out: 0, success_rate: 0.75 });
    expect(stats.stages.midi?.pairs_per_second).toBe(2);
    expect(stats.stages.text?.pairs_per_second).toBeNull();
    expect(stats.dataset.sequence_length).toMatchObject({ p50: 20, mean: 20, max: 30 });
    expect(stats.dataset.failures).toEqual([
      { stage: 'midi', code: 'midi_not_smf', count: 1, examples: [{ index: 3, error: 'not a MIDI file' }] },
    ]);
    expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
  });

  it('are plain JSON where nothing was done', () => {
    const stats = buildProcessingStats({
      total: 0,
      partial: false,
      summary: new DatasetSummary([[]]).facts(),
      stages: {},
      sessions: [],
    });
    expect(stats.pairs.success_rate).toBeNull();
    expect(stats.dataset.sequence_length).toBeNull();
    expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
  });
});
