import type { TokenizerTables } from '../tokenizer-tables.ts';
import { firstIndex } from './first-index.ts';
import type { ScoreBuilder } from './score-builder.ts';
import { TimeCursor } from './time-cursor.ts';
import type { TokenMeaning } from './token-meanings.ts';

const PITCH_COLUMN = 2;

/** Reads one stream of CPWord rows into `builder`; `rows` hold what each column says. */
export function decodeCpWord(
  rows: readonly (readonly TokenMeaning[])[],
  stream: number,
  builder: ScoreBuilder,
  tables: TokenizerTables,
  ticksPerQuarter: number,
): void {
  const cursor = new TimeCursor(tables, ticksPerQuarter, firstIndex(rows.flat(), 'time_signature') ?? 0);
  let lastTempo = -1;
  for (const [at, row] of rows.entries()) {
    const [, time, pitch, velocity, duration] = row;
    if (pitch?.type === 'pitch') {
      if (velocity?.type !== 'velocity' || duration?.type !== 'duration') continue;
      const program = row.find((token) => token.type === 'program')?.program ?? 0;
      const span = cursor.durationTicks(duration.index);
      const track = builder.track(stream, pitch.isDrum ? -1 : program, cursor.tick);
      track.addNote(cursor.tick, span, pitch.pitch, velocity.velocity);
      cursor.holdOffRest(cursor.tick + span);
      continue;
    }
    // A rest says so in a column of its own. The tempo of a position is the one in force; it is a change of tempo where it
    // differs from the one before, or where nothing else happens at the position.
    const isAlone = rows[at + 1]?.[PITCH_COLUMN]?.type !== 'pitch';
    const rest = row.find((token) => token.type === 'rest');
    if (rest !== undefined) cursor.follow(rest);
    else if (time !== undefined) cursor.follow(time);
    for (const token of row) {
      if (token.type === 'time_signature') {
        cursor.follow(token);
        if (stream === 0) builder.addMeter(cursor.tick, token.index);
        cursor.holdOffRest(cursor.tick);
      } else if (token.type === 'tempo' && (isAlone || token.index !== lastTempo)) {
        lastTempo = token.index;
        if (stream === 0) builder.addTempo(cursor.tick, token.index);
        cursor.holdOffRest(cursor.tick);
      }
    }
  }
}
