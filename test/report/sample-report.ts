import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Score, Track } from '../../src/midi/score.ts';
import { renderPage } from '../../src/report/render-page.ts';
import { ReportCollector } from '../../src/report/report-collector.ts';
import { type ReportFacts, reportFacts } from '../../src/report/report-facts.ts';
import type { ReportRow } from '../../src/report/report-row.ts';
import type { TokenReader } from '../../src/report/token-reader.ts';
import { DatasetSummary, type TakeField } from '../../src/stats/dataset-summary.ts';
import { buildProcessingStats } from '../../src/stats/processing-stats.ts';

const VOCABULARY = ['PAD_None', 'Pitch_60', 'Pitch_61', 'Velocity_64', 'TimeShift_1'];
const KEYS = ['C major', 'A minor', 'Eb major'];

/** A row that is a function of its index alone. */
export function rowAt(index: number, others: Partial<ReportRow> = {}): ReportRow {
  return {
    index,
    id: `row ${index}`,
    midiFile: `midi/${index}.mid`,
    caption: `Caption number ${index} of a calm piece for piano`,
    captionWords: 9,
    captionTruncated: false,
    agreement: undefined,
    device: undefined,
    embedding: Float32Array.from({ length: 8 }, (_, at) => Math.sin(index * (at + 1))),
    split: ['train', 'validation', 'test'][index % 3],
    features: {
      tempo_bpm: 60 + (index % 90),
      key: KEYS[index % 3] ?? null,
      time_signature: index % 2 === 0 ? '4/4' : '3/4',
      duration_seconds: 10 + index,
      n_notes: 20 + index,
      notes_per_second: 2 + (index % 7),
      polyphony: 1 + (index % 5) / 2,
      n_instruments: 1,
      instruments: ['Acoustic Grand Piano'],
      instrument_families: ['Piano'],
      programs: [0],
      tempo_word: 'Fast',
    },
    repairs: {},
    copyGroup: undefined,
    sequenceLength: 40 + index,
    cutTokens: 0,
    tokens: { layout: 'single', columns: 1, streams: [Uint16Array.of(1, 3, 4, 2, 3, 4)] },
    ...others,
  };
}

export interface SampleReport {
  readonly facts: ReportFacts;
  readonly page: string;
}

/** A report of rows with nothing but the pure parts: no run, no files. */
export async function sampleReport(rows: readonly ReportRow[], title = 'sample'): Promise<SampleReport> {
  const summary = new DatasetSummary([VOCABULARY]);
  const collector = new ReportCollector();
  for (const row of rows) {
    collector.add(row);
    summary.addRow({
      sequenceLength: row.sequenceLength,
      textLength: row.caption.length,
      ids: row.tokens.streams,
      eachField: (take) => takeFields(row, take),
    });
  }
  summary.addFailedPair([
    { stage: 'midi', code: 'midi_not_smf', index: rows.length, error: 'no MThd in a file of 54 bytes' },
  ]);
  const sessions = [
    { session_id: 'a', started_at: '2026-11-21T10:00:00.000Z', seconds: null, status: 'killed' },
    { session_id: 'b', started_at: '2026-11-21T11:00:00.000Z', seconds: 20, status: 'complete' },
  ];
  const at = (session: string, seconds: number): number =>
    Date.parse(session === 'a' ? '2026-11-21T10:00:00.000Z' : '2026-11-21T11:00:00.000Z') + seconds * 1000;
  const commits = [
    { session_id: 'a', at: at('a', 10), pairs: 50 },
    { session_id: 'b', at: at('b', 10), pairs: 30 },
    { session_id: 'b', at: at('b', 20), pairs: 20 },
  ];
  const times = { done: 100, failed: 1, seconds: 30 };
  const facts = reportFacts({
    title,
    state: 'complete',
    stats: buildProcessingStats({
      total: rows.length + 1,
      partial: false,
      summary: summary.facts(),
      stages: { midi: times, text: times },
      sessions,
      curation: {
        splits: { train: 34, validation: 33, test: 33 },
        duplicates: {
          groups: 1,
          pairs: 4,
          links: { exact: 0, notes: 2, transposed: 0, near: 1 },
          turned_away: 0,
          across_splits: 0,
          dropped: 0,
        },
        losses: {
          notes: 5000,
          dropped_notes: 60,
          dropped_share: 0.012,
          dropped_by: { bars: 60 },
          rows_with_drops: 1,
          rows_with_many: 1,
          replaced_meters: { '7/8': 2 },
          rows_with_replaced_tempos: 0,
          rows_with_repairs: 0,
          repairs: {},
          worst: [{ index: 7, midi_file: 'midi/7.mid', dropped_notes: 60, dropped_share: 0.6 }],
        },
        captions: {
          read: 100,
          unread: 0,
          with_claims: 60,
          with_contradictions: 2,
          kinds: { key: { agrees: 58, contradicts: 2, unsure: 1 } },
          shifts: [{ first: 40, last: 61, offset: -1, evidence: 71 }],
          worst: [{ index: 41, contradictions: [{ kind: 'key', text: 'D minor', found: 'E major' }] }],
        },
        filters: { rows: 110, rejected: 10, filters: [{ filter: 'n_notes>=20', rejected: 10, alone: 10, absent: 0 }] },
      },
    }),
    summary,
    collector,
    commits: { midi: commits, text: commits },
    settings: [{ title: 'Run', entries: [['manifest', title]] }],
    madeAt: '2026-11-21T12:00:00.000Z',
  });
  return { facts, page: await renderPage(facts, collector.sample, READER) };
}

/** Writes a page where a browser can open it. */
export function pageUrl(page: string, folder: string, name: string): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, page);
  return pathToFileURL(file).href;
}

function takeFields({ features, captionWords }: ReportRow, take: TakeField): void {
  for (const [name, value] of Object.entries(features)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === 'number' || typeof item === 'string') take(`midi_metadata.${name}`, item);
    }
  }
  take('text_features.words', captionWords);
  take('text_features.dominant_script', 'Latin');
}

const READER: TokenReader = {
  decode: () => ({ ...EMPTY, tracks: [TUNE, BEAT], endTick: 1920 }),
  textOf: ({ streams }, count) => [...(streams[0]?.subarray(0, count) ?? [])].map((id) => VOCABULARY[id] ?? '?'),
};

const EMPTY: Score = {
  format: 1,
  ticksPerQuarter: 480,
  tracks: [],
  tempos: { tick: Float64Array.of(0), microsecondsPerQuarter: Float64Array.of(500_000) },
  timeSignatures: { tick: new Float64Array(0), numerator: new Uint16Array(0), denominator: new Uint16Array(0) },
  keySignatures: { tick: new Float64Array(0), sharps: new Int8Array(0), minor: new Uint8Array(0) },
  markers: [],
  texts: [],
  endTick: 0,
  repairs: {},
};

const TUNE: Track = {
  program: 0,
  channel: 0,
  midiTrack: 0,
  isDrum: false,
  name: '',
  notes: {
    onset: Float64Array.of(0, 480, 960, 1440),
    duration: Float64Array.of(480, 480, 480, 480),
    pitch: Uint8Array.of(60, 62, 64, 65),
    velocity: Uint8Array.of(80, 80, 80, 80),
  },
  controls: { tick: new Float64Array(0), number: new Uint8Array(0), value: new Uint8Array(0) },
  pitchBends: { tick: new Float64Array(0), value: new Int16Array(0) },
  pedals: { onset: new Float64Array(0), duration: new Float64Array(0) },
  lyrics: [],
};
/** A tune of so many notes over a simple beat. */
export function scoreOf(notes: number): Score {
  const onset = Float64Array.from({ length: notes }, (_, at) => at * 120);
  const tune = {
    onset,
    duration: new Float64Array(notes).fill(110),
    pitch: Uint8Array.from(onset, (_, at) => 48 + ((at * 7) % 36)),
    velocity: Uint8Array.from(onset, (_, at) => 60 + (at % 50)),
  };
  return { ...EMPTY, tracks: [{ ...TUNE, notes: tune }, BEAT], endTick: notes * 120 };
}

const BEAT: Track = {
  ...TUNE,
  channel: 9,
  isDrum: true,
  notes: { ...TUNE.notes, pitch: Uint8Array.of(36, 42, 38, 46) },
};
