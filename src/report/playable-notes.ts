import type { PlayableNotes } from './page-data.ts';
import type { PlayedScore } from './played-score.ts';

/** What the page can play of a row: its first minute and a half, so that fifty rows stay small. */
const MAX_SECONDS = 90;
const MAX_NOTES = 1500;
const NOTE_BYTES = 8;

export function playableNotes({ parts, seconds }: PlayedScore): PlayableNotes {
  const notes = parts.flatMap(({ onset, end, pitch, velocity }, part) =>
    Array.from(onset, (start, at) => ({
      start,
      length: Math.min(Math.max((end[at] ?? 0) - start, 0.03), 600),
      pitch: pitch[at] ?? 60,
      velocity: velocity[at] ?? 64,
      part: Math.min(part, 255),
    })).filter(({ start }) => start < MAX_SECONDS),
  );
  const played = notes.sort((a, b) => a.start - b.start || a.part - b.part).slice(0, MAX_NOTES);
  const bytes = new DataView(new ArrayBuffer(played.length * NOTE_BYTES));
  for (const [at, { start, length, pitch, velocity, part }] of played.entries()) {
    bytes.setUint16(at * NOTE_BYTES, Math.round(start * 100), true);
    bytes.setUint16(at * NOTE_BYTES + 2, Math.round(length * 100), true);
    bytes.setUint8(at * NOTE_BYTES + 4, pitch);
    bytes.setUint8(at * NOTE_BYTES + 5, velocity);
    bytes.setUint8(at * NOTE_BYTES + 6, part);
  }
  const last = played.at(-1);
  return {
    programs: parts.map(({ program }) => program),
    notes: Buffer.from(bytes.buffer).toString('base64'),
    seconds: Math.round(seconds * 100) / 100,
    playedSeconds: Math.round(Math.min(seconds, last === undefined ? 0 : last.start + last.length) * 100) / 100,
  };
}
