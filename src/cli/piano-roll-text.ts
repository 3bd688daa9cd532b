import type { PianoRoll } from '../report/piano-roll.ts';

const BRAILLE_BLANK = 0x2800;
/** Bits of the dots of a braille cell, by row (0 to 3) and column (0 or 1). */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** A piano roll of the pitched parts in braille dots, two a column and four a line, with the pitch range at the left. */
export function pianoRollText(roll: PianoRoll, columns: number, lines: number): string {
  const width = columns * 2;
  const height = lines * 4;
  const span = roll.highestPitch - roll.lowestPitch + 1;
  const cells = new Uint8Array(columns * lines);
  for (const { program, onset, duration, pitch } of roll.parts) {
    if (program < 0) continue;
    for (let note = 0; note < onset.length; note++) {
      const start = onset[note] ?? 0;
      const from = dotAt(start, roll.endTick, width);
      const to = dotAt(start + (duration[note] ?? 0), roll.endTick, width);
      const y = dotAt(roll.highestPitch - (pitch[note] ?? 0), span, height);
      for (let x = from; x <= to; x++) setDot(cells, columns, x, y);
    }
  }
  const rows = Array.from({ length: lines }, (_, line) => {
    const label = line === 0 ? pitchName(roll.highestPitch) : line === lines - 1 ? pitchName(roll.lowestPitch) : '';
    const dots = Array.from(cells.subarray(line * columns, (line + 1) * columns), (bits) =>
      String.fromCodePoint(BRAILLE_BLANK + bits),
    );
    return `${label.padStart(4)} ${dots.join('')}`;
  });
  return rows.join('\n');
}

function dotAt(value: number, range: number, dots: number): number {
  return Math.min(Math.floor((value / range) * dots), dots - 1);
}

function setDot(cells: Uint8Array, columns: number, x: number, y: number): void {
  const cell = (y >> 2) * columns + (x >> 1);
  cells[cell] = (cells[cell] ?? 0) | (DOTS[y & 3]?.[x & 1] ?? 0);
}

/** `C4` for 60. */
export function pitchName(pitch: number): string {
  const names = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
  return `${names[pitch % 12]}${Math.floor(pitch / 12) - 1}`;
}
