import { nearestIndex } from './bins.ts';
import { buildVocabulary } from './build-vocabulary.ts';
import { meterKey } from './preprocess/meters.ts';
import { tempoMicroseconds } from './preprocess/prepare-tempos.ts';
import { type TimeTable, type TimeValue, timeTable } from './time-values.ts';
import { type TokenIds, tokenIds } from './token-ids.ts';
import { type TokenValues, tokenValues } from './token-values.ts';
import { isSingleStream, type TokenizerConfig } from './tokenizer-config.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Everything that follows from a configuration, worked out once. */
export interface TokenizerTables {
  readonly config: TokenizerConfig;
  readonly isSingleStream: boolean;
  readonly values: TokenValues;
  /** Of the tokenization itself, without what was trained on top of it. */
  readonly vocabulary: Vocabulary;
  readonly ids: TokenIds;
  /** Index of a time signature the tokenizer knows, by `meterKey`. */
  readonly meterIndex: ReadonlyMap<number, number>;
  readonly nearestVelocity: Uint8Array;
  readonly tempoMicroseconds: Float64Array;
  readonly programs: ReadonlySet<number>;
  /** Durations and rests in ticks, by ticks a beat. */
  readonly durations: (ticksPerBeat: number) => TimeTable;
  readonly rests: (ticksPerBeat: number) => TimeTable;
}

export function tokenizerTables(config: TokenizerConfig): TokenizerTables {
  const values = tokenValues(config);
  const vocabulary = buildVocabulary(config, values);
  return {
    config,
    isSingleStream: isSingleStream(config),
    values,
    vocabulary,
    ids: tokenIds(vocabulary, config, values),
    meterIndex: new Map(
      values.timeSignatures.map(({ numerator, denominator }, index) => [meterKey(numerator, denominator), index]),
    ),
    nearestVelocity: Uint8Array.from({ length: 128 }, (_, velocity) => nearestIndex(values.velocities, velocity)),
    tempoMicroseconds: tempoMicroseconds(values.tempos),
    programs: new Set(config.programs),
    durations: tableByBeat(values.durations),
    rests: tableByBeat(values.rests),
  };
}

/** Time tables, each made at first use; there is one for each denominator at most. */
function tableByBeat(values: readonly TimeValue[]): (ticksPerBeat: number) => TimeTable {
  const tables = new Map<number, TimeTable>();
  return (ticksPerBeat) => {
    let table = tables.get(ticksPerBeat);
    if (table === undefined) {
      table = timeTable(values, ticksPerBeat);
      tables.set(ticksPerBeat, table);
    }
    return table;
  };
}
