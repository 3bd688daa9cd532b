import { ConfigError } from '../errors.ts';
import { attributeControlBlocks } from './attribute-control-tokens.ts';
import { nearestIndex } from './bins.ts';
import { type EventIds, eventIds } from './event-ids.ts';
import { hashSetOrder } from './hash-set-order.ts';
import { meterKey } from './preprocess/meters.ts';
import { type TempoTable, tempoTable } from './preprocess/prepare-tempos.ts';
import { type TimeTable, timeTable } from './time-table.ts';
import type { TimeValue } from './time-values.ts';
import { MeterNotOnGrid } from './token-missing.ts';
import { type TokenValues, tokenValues } from './token-values.ts';
import type { FineGrid, MidiTokTokenization } from './tokenizations/tokenization.ts';
import { isSingleStream, type TokenizerConfig } from './tokenizer-config.ts';
import { NO_TOKEN, Vocabulary, VocabularyColumn } from './vocabulary.ts';

/** Ids are stored in 16 bits, and one value stands for "none". */
const MOST_TOKENS = 0xffff;
/** Training a Unigram model adds special tokens of its own, which come after all others and are never written. */
const UNIGRAM_SPECIAL = /-unigram$/;

/** Everything that follows from a configuration, worked out once. */
export interface TokenizerTables {
  readonly config: TokenizerConfig;
  readonly tokenization: MidiTokTokenization;
  readonly isSingleStream: boolean;
  /** A Program token is said with each event, or where it changes. */
  readonly saysPrograms: boolean;
  /** Pitches are said as intervals; MuMIDI has the option, and no tokens for it. */
  readonly saysIntervals: boolean;
  readonly hasNoteOffs: boolean;
  readonly fineGrid: FineGrid | undefined;
  readonly mostBars: number;
  readonly values: TokenValues;
  /** Of the tokenization itself, without what was trained on top of it. */
  readonly vocabulary: Vocabulary;
  readonly ids: EventIds;
  /** Index of a time signature the tokenizer knows, by `meterKey`. */
  readonly meterIndex: ReadonlyMap<number, number>;
  readonly nearestVelocity: Uint8Array;
  readonly tempos: TempoTable;
  readonly programs: ReadonlySet<number>;
  /** Programs whose notes have a duration. */
  readonly durationPrograms: ReadonlySet<number>;
  /** Durations and rests in ticks, by ticks a beat. */
  readonly durations: (ticksPerBeat: number) => TimeTable;
  readonly rests: (ticksPerBeat: number) => TimeTable;
  /** Ids of Duration tokens by the ticks that they say, by ticks a beat. */
  readonly durationIds: (ticksPerBeat: number) => Uint16Array;
  /** Whether it matters how long it has been silent, which is a look at each note. */
  readonly mindsSilence: boolean;
}

/** @throws ConfigError `vocabulary_too_large` where ids do not fit 16 bits. */
export function tokenizerTables(config: TokenizerConfig, tokenization: MidiTokTokenization): TokenizerTables {
  const fineGrid = tokenization.fineGrid?.(config);
  const programs = hashSetOrder(config.programs);
  const values = tokenValues(
    config,
    tokenization.copiesPrograms ? hashSetOrder(programs) : programs,
    fineGrid?.durations,
  );
  const hasNoteOffs = tokenization.hasNoteOffs?.(config) ?? false;
  const vocabulary = buildVocabulary(config, tokenization.columns(config, values));
  const drums = config.use_pitchdrum_tokens || tokenization.alwaysHasDrums === true;
  const ids = eventIds(vocabulary, config, values, { noteOffs: hasNoteOffs, drums });
  const durations = tableByBeat(values.durations, values.positionsPerBeat);
  return {
    config,
    tokenization,
    isSingleStream: isSingleStream(config),
    saysPrograms: config.use_programs && (!config.program_changes || isSingleStream(config)),
    saysIntervals: vocabulary.idOf('PitchIntervalTime_0') !== NO_TOKEN,
    hasNoteOffs,
    fineGrid,
    mostBars: tokenization.mostBars?.(config) ?? Number.POSITIVE_INFINITY,
    values,
    vocabulary,
    ids,
    meterIndex: new Map(
      values.timeSignatures.map(({ numerator, denominator }, index) => [meterKey(numerator, denominator), index]),
    ),
    nearestVelocity: Uint8Array.from({ length: 128 }, (_, velocity) => nearestIndex(values.velocities, velocity)),
    tempos: tempoTable(config, values),
    programs: new Set(config.programs),
    durationPrograms: new Set(config.use_note_duration_programs),
    durations,
    rests: tableByBeat(values.rests, values.positionsPerBeat),
    durationIds: byBeat((ticksPerBeat) =>
      durations(ticksPerBeat).nearest.map((index) => ids.duration[index] ?? NO_TOKEN),
    ),
    mindsSilence: config.use_rests || config.additional_params.add_trailing_bars === true,
  };
}

function buildVocabulary(config: TokenizerConfig, columns: ReturnType<MidiTokTokenization['columns']>): Vocabulary {
  const specials = config.special_tokens.filter((token) => config.trained === null || !UNIGRAM_SPECIAL.test(token));
  const isCompound = columns.length > 1;
  const controls = isCompound || isSingleStream(config) ? [] : attributeControlBlocks(config.attribute_controls);
  const built = columns.map((blocks) => new VocabularyColumn(specials, [...blocks, ...controls]));
  const largest = Math.max(...built.map((column) => column.tokens.length));
  if (largest > MOST_TOKENS) {
    throw new ConfigError('vocabulary_too_large', `the tokenizer has ${largest} tokens; ${MOST_TOKENS} are possible`);
  }
  return new Vocabulary(built);
}

function tableByBeat(values: readonly TimeValue[], positionsPerBeat: number): (ticksPerBeat: number) => TimeTable {
  return byBeat((ticksPerBeat) => {
    if (ticksPerBeat >= positionsPerBeat) return timeTable(values, ticksPerBeat);
    throw new MeterNotOnGrid();
  });
}

/** What depends on the ticks of a beat, made at first use; there is one for each denominator at most. */
function byBeat<T>(make: (ticksPerBeat: number) => T): (ticksPerBeat: number) => T {
  const made = new Map<number, T>();
  return (ticksPerBeat) => {
    const known = made.get(ticksPerBeat);
    if (known !== undefined) return known;
    const value = make(ticksPerBeat);
    made.set(ticksPerBeat, value);
    return value;
  };
}
