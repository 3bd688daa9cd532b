import { counted, duration, percent } from '../format-number.ts';
import type { Distribution } from './distribution.ts';
import {
  barsOf,
  countBelow,
  countFrom,
  lyingDistribution,
  numberDistribution,
  type SummarySource,
} from './summary-source.ts';

/** Share of pairs from which a guess is no longer the exception. */
const NOTABLE = 0.02;
/** Shorter than most captions are about. */
const SHORT_SECONDS = 10;

export function tempoDistribution(source: SummarySource): Distribution | undefined {
  const unstated = source.times('midi_metadata.tempo_is_stated', 'false');
  const changing = countFrom(source.number('midi_metadata.tempo_changes').counts(), 1);
  return numberDistribution(
    source.number('midi_metadata.tempo_bpm'),
    { integer: false, scale: 'linear' },
    ({ count }) => ({
      id: 'tempo',
      title: 'Tempo',
      unit: 'BPM',
      note:
        (unstated > 0
          ? `${counted(unstated, 'file states', 'files state')} no tempo (${percent(unstated, count)}) and count as 120. `
          : 'Every file states its tempo; a peak at 120 would be the default of the program that wrote them. ') +
        (changing > 0
          ? `In ${percent(changing, count)} the tempo changes: the median over time is shown.`
          : 'It never changes within a piece.'),
      finding:
        unstated > NOTABLE * count
          ? `${percent(unstated, count)} of the files state no tempo and count as 120 BPM.`
          : null,
    }),
  );
}

export function meterDistribution(source: SummarySource): Distribution | undefined {
  const facts = source.category('midi_metadata.time_signature');
  const unstated = source.times('midi_metadata.time_signature_is_stated', 'false');
  const changing = countFrom(source.number('midi_metadata.time_signature_changes').counts(), 1);
  const ones = facts.counts.reduce((sum, [name, count]) => sum + (name.startsWith('1/') ? count : 0), 0);
  const oneBeat = `${percent(ones, source.rows)} of the pairs have bars of one beat, which is rarely meant`;
  return lyingDistribution(barsOf(facts), {
    id: 'meter',
    title: 'Meter',
    unit: 'pairs',
    total: source.rows,
    note:
      (unstated > 0
        ? `${counted(unstated, 'file states', 'files state')} no time signature (${percent(unstated, source.rows)}) and count as 4/4: their bars are a guess. `
        : 'Every file states a time signature. ') +
      (ones > 0 ? `${oneBeat}: bar and position tokens mean something else there.` : '') +
      (ones === 0 && changing > 0
        ? `In ${percent(changing, source.rows)} it changes; the one that holds longest is shown.`
        : ''),
    finding:
      ones > NOTABLE * source.rows
        ? `${oneBeat}.`
        : unstated > NOTABLE * source.rows
          ? `${percent(unstated, source.rows)} of the files state no time signature and count as 4/4.`
          : null,
  });
}

export function lengthDistribution(source: SummarySource): Distribution | undefined {
  const summary = source.number('midi_metadata.duration_seconds');
  return numberDistribution(summary, { integer: false, scale: 'auto' }, ({ p50, p99, max, count }, counts) => {
    const few = countBelow(counts, SHORT_SECONDS);
    const isStray = max > 4 * p99;
    return {
      id: 'duration',
      title: 'Duration',
      unit: 'length of the piece',
      format: 'duration',
      note:
        `Half of the pieces end before ${duration(p50)}. ` +
        (isStray
          ? `The longest, ${duration(max)}, is far beyond the rest: often a stray event long after the music.`
          : few > 0
            ? `${counted(few, 'is', 'are')} shorter than ten seconds (${percent(few, count)}), too little for most captions.`
            : 'None is shorter than ten seconds.'),
      finding: isStray ? `The longest piece takes ${duration(max)}; 99 in 100 end before ${duration(p99)}.` : null,
    };
  });
}
