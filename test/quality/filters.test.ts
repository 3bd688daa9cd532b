import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { FEATURES } from '../../src/features/feature-schema.ts';
import { FilterCounts } from '../../src/quality/filter-counts.ts';
import { FILTER_FIELDS, type RowFacts } from '../../src/quality/filter-fields.ts';
import { judgeRow, rejectionReasons } from '../../src/quality/judge-row.ts';
import { parseFilters } from '../../src/quality/parse-filters.ts';
import { PRESETS } from '../../src/quality/presets.ts';

const FACTS: RowFacts = {
  midi: {
    n_notes: 120,
    notes_per_second: 12.5,
    pitch_entropy: null,
    silence_ratio: 0.25,
    has_drums: false,
    key: 'C# minor',
    time_signature: '4/4',
    instrument_families: ['Piano', 'Bass'],
    repairs: { junk_bytes: 2 },
    dropped_share: 0.02,
    dropped_notes: { bars: 3, pitch_range: 0 },
  },
  text: { words: 14, dominant_script: 'Latin' },
  tokens: 800,
  caption: { read: true, agrees: 3, contradicts: 1, unsure: 0 },
  metadata: {
    genre: 'jazz',
    year: 1990,
    'year as text': '1990.0',
    'a.b': 'flat',
    release: { year: 2001, labels: ['Blue Note', 'ECM'] },
    tags: ['slow', 3],
    composer: 'Bach, J. S.',
    title: '12" | mix',
    live: true,
    id: '123456789012345678901',
    code: '007',
    empty: '',
    nothing: null,
    none: [],
    'City, State': 'x',
    place: 'unknown',
  },
};

describe('a filter', () => {
  it.each([
    ['n_notes>=120', true],
    ['n_notes > 120', false],
    ['n_notes<=119.5', false],
    ['n_notes<121', true],
    ['n_notes=120', true],
    ['n_notes==120', true],
    ['n_notes!=120', false],
    ['has_drums=false', true],
    ['has_drums=true', false],
    ['key=C# minor', true],
    ['key=C major|C# minor', true],
    ['key!=C# minor', false],
    ['time_signature=3/4|6/8', false],
    ['text_dominant_script=Latin|Han', true],
    ['text_words>=20', false],
    ['tokens<=1024', true],
    ['n_instrument_families<=1', false],
    ['notes_per_second_per_family<=6.25', true],
    ['repairs=0', false],
    ['repairs<=2', true],
    ['repairs.junk_bytes=0', false],
    ['repairs.missing_tracks=0', true],
    ['dropped_share<=0.01', false],
    ['dropped_notes.bars<=3', true],
    ['caption_contradictions=0', false],
    ['caption_agreements>=3', true],
  ])('%s: %s', (condition, passed) => {
    const verdict = judgeRow(parseFilters(condition), FACTS);
    expect(verdict.passed).toBe(passed);
    expect(verdict.checks).toHaveLength(1);
  });

  it.each([
    ['metadata.genre=jazz', true],
    ['metadata.genre = jazz | blues', true],
    ['metadata.genre!=jazz', false],
    ['metadata.genre=Jazz', false],
    ['metadata.year>=1990', true],
    ['metadata.year<1990', false],
    ['metadata.year=1990', true],
    ['metadata.year=1990.0', true],
    ['metadata.year!=1990|1991', false],
    ['metadata.year as text=1990', true],
    ['metadata.year as text>1989.5', true],
    ['metadata.a.b=flat', true],
    ['metadata.release.year>2000', true],
    ['metadata.release.labels.1=ECM', true],
    ['metadata.release.labels=ECM', true],
    ['metadata.release.labels!=ECM', false],
    ['metadata.release=x', false],
    ['metadata.tags=slow', true],
    ['metadata.tags>=3', true],
    ['metadata.tags!=fast', true],
    ['metadata.composer="Bach, J. S."', true],
    ['metadata.composer="Bach, J. S."|Handel', true],
    ['metadata.title="12"" | mix"', true],
    ['metadata."City, State"=x', true],
    ['metadata.live=true', true],
    ['metadata.live!=true', false],
    ['metadata.id=123456789012345678901', true],
    ['metadata.id=123456789012345678902', false],
    ['metadata.code=007', true],
    ['metadata.place>=5', false],
    ['metadata.place!=here', true],
  ])('on a field of the manifest, %s: %s', (condition, passed) => {
    expect(judgeRow(parseFilters(condition), FACTS).passed).toBe(passed);
  });

  it.each(['empty', 'nothing', 'none', 'gener', 'release.month', 'constructor', '__proto__.x', 'genre.length'])(
    'on the field %s, which the manifest does not have, rejects whatever it asks, and says so',
    (name) => {
      const verdict = judgeRow(parseFilters(`metadata.${name}=5,metadata.${name}!=5,metadata.${name}<5`), FACTS);
      expect(rejectionReasons(verdict).map((reason) => reason.split(': ')[1])).toEqual(['absent', 'absent', 'absent']);
    },
  );

  it('is failed by an absent value, whatever it asks', () => {
    const verdict = judgeRow(parseFilters('pitch_entropy>=0,pitch_entropy!=3,peak_notes_per_second_3s<=60'), FACTS);
    expect(verdict.checks.map(({ passed }) => passed)).toEqual([false, false, false]);
    expect(rejectionReasons(verdict)[0]).toBe('pitch_entropy>=0: absent');
  });

  it.each([
    ['', 'condition such as'],
    ['n_notes', 'condition such as'],
    ['n_notes>=', 'condition such as'],
    ['n_notes=>5', 'condition such as'],
    ['n_nots>=5', 'no field'],
    ['constructor>=5', 'no field'],
    ['n_notes>=many', 'not a number'],
    ['n_notes>=constructor', 'not a number'],
    ['key>=C', 'by = or != only'],
    ['n_notes>=5,,', 'condition such as'],
    ['metadata.genre', 'condition such as'],
    ['metadata.=5', 'no field'],
    ['metadata.year>=new', 'not a number'],
    ['metadata.title="12', 'not closed'],
    ['genre=jazz', 'metadata.genre'],
  ])('that reads %j is refused with a reason', (text, reason) => {
    expect(() => parseFilters(text)).toThrow(ConfigError);
    expect(() => parseFilters(text)).toThrow(reason);
  });

  it('can ask for every feature that is one value', () => {
    const single = Object.entries(FEATURES).filter(([, { type }]) => !type.endsWith('_list'));
    for (const [name] of single) expect(FILTER_FIELDS.has(name), name).toBe(true);
  });
});

describe('a verdict', () => {
  const filters = parseFilters('n_notes>=50, notes_per_second<=10, key=C major');

  it('has the value of every filter, also of those after the first that failed', () => {
    expect(judgeRow(filters, FACTS)).toEqual({
      passed: false,
      checks: [
        { filter: 'n_notes>=50', value: 120, text: null, passed: true },
        { filter: 'notes_per_second<=10', value: 12.5, text: null, passed: false },
        { filter: 'key=C major', value: null, text: 'C# minor', passed: false },
      ],
    });
  });

  it('says why a row was rejected', () => {
    expect(rejectionReasons(judgeRow(filters, FACTS))).toEqual(['notes_per_second<=10: 12.5', 'key=C major: C# minor']);
  });

  it('of no filters is that the row passed', () => {
    expect(judgeRow([], FACTS)).toEqual({ passed: true, checks: [] });
  });
});

describe('counts of verdicts', () => {
  const filters = parseFilters('n_notes>=50,notes_per_second<=10');
  const row = fc.record({ n_notes: fc.nat(100), notes_per_second: fc.option(fc.nat(20), { nil: null }) });
  const count = (rows: readonly object[]) => {
    const counts = new FilterCounts();
    for (const midi of rows) counts.add(judgeRow(filters, { ...FACTS, midi: { ...midi } }));
    return counts;
  };

  it('of two parts added equal one pass', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(row), (left, right) => {
        const merged = count(left);
        merged.addAll(count(right));
        expect(merged.facts()).toEqual(count([...left, ...right]).facts());
      }),
    );
  });

  it('tell what each filter rejects, alone, and for want of a value', () => {
    const rows = [
      { n_notes: 60, notes_per_second: 5 },
      { n_notes: 10, notes_per_second: 5 },
      { n_notes: 10, notes_per_second: 50 },
      { n_notes: 60, notes_per_second: null },
    ];
    expect(count(rows).facts()).toEqual({
      rows: 4,
      rejected: 3,
      filters: [
        { filter: 'n_notes>=50', rejected: 2, alone: 1, absent: 0 },
        { filter: 'notes_per_second<=10', rejected: 2, alone: 1, absent: 1 },
      ],
    });
  });
});

describe('presets', () => {
  it.each([...PRESETS])('%s can be read, mixed with conditions, and says where it comes from', (name, preset) => {
    expect(parseFilters(`${name},n_notes>=1`)).toHaveLength(preset.conditions.length + 1);
    expect(preset.source).toMatch(/^https:/);
  });
});
