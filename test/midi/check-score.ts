import type { Score, TextEvent } from '../../src/midi/score.ts';

/** What is wrong with a score that any bytes may have given; empty if it keeps all that its types promise. */
export function problemsOf(score: Score): string[] {
  const problems: string[] = [];
  const expectThat = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  const ascending = (name: string, ticks: Float64Array) => {
    let last = 0;
    for (const tick of ticks) {
      if (!Number.isFinite(tick) || tick < last || tick > score.endTick) {
        problems.push(`${name} has tick ${tick} after ${last}, the end is ${score.endTick}`);
        return;
      }
      last = tick;
    }
  };
  const texts = (name: string, events: readonly TextEvent[]) => {
    for (const { tick, text } of events) {
      expectThat(Number.isFinite(tick) && tick >= 0 && text !== '' && !/\p{Surrogate}/u.test(text), `${name}: ${text}`);
    }
  };

  expectThat(Number.isInteger(score.ticksPerQuarter) && score.ticksPerQuarter > 0, 'ticks per quarter');
  expectThat(Number.isFinite(score.endTick) && score.endTick >= 0, 'end tick');
  for (const count of Object.values(score.repairs)) expectThat(Number.isInteger(count) && count > 0, 'repairs');
  for (const value of score.tempos.microsecondsPerQuarter) expectThat(value > 0 && value < 2 ** 24, `tempo ${value}`);
  ascending('tempos', score.tempos.tick.subarray(0, score.repairs.smpte_division === undefined ? undefined : 0));
  ascending('time signatures', score.timeSignatures.tick);
  ascending('key signatures', score.keySignatures.tick);
  texts('markers', score.markers);
  texts('texts', score.texts);
  for (const { notes, controls, pitchBends, pedals, lyrics, program, channel } of score.tracks) {
    expectThat(program <= 127 && channel <= 15, `program ${program} on channel ${channel}`);
    ascending('notes', notes.onset);
    ascending('controls', controls.tick);
    ascending('pitch bends', pitchBends.tick);
    texts('lyrics', lyrics);
    expectThat(lengthsAreEqual(notes) && lengthsAreEqual(controls), 'lengths of notes or controls');
    expectThat(lengthsAreEqual(pitchBends) && lengthsAreEqual(pedals), 'lengths of bends or pedals');
    for (const [i, onset] of notes.onset.entries()) {
      const isNote = (notes.pitch[i] ?? 128) < 128 && (notes.velocity[i] ?? 0) > 0 && (notes.velocity[i] ?? 128) < 128;
      const end = onset + (notes.duration[i] ?? Number.NaN);
      expectThat(isNote && end >= onset && end <= score.endTick, `note ${i} from ${onset} to ${end}`);
    }
    for (const [i, onset] of pedals.onset.entries()) {
      const end = onset + (pedals.duration[i] ?? Number.NaN);
      expectThat(onset >= 0 && end >= onset && end <= score.endTick, `pedal ${i} from ${onset} to ${end}`);
    }
    for (const [i, number] of controls.number.entries()) {
      expectThat(number < 128 && (controls.value[i] ?? 128) < 128, `control ${number}`);
    }
    for (const value of pitchBends.value) expectThat(value >= -8192 && value <= 8191, `pitch bend ${value}`);
  }
  return problems;
}

function lengthsAreEqual(columns: object): boolean {
  return new Set(Object.values(columns).map((column: ArrayLike<number>) => column.length)).size === 1;
}
