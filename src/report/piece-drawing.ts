import type { PlayableNotes } from './page-data.ts';
import { playableNotes } from './playable-notes.ts';
import { playedScore } from './played-score.ts';
import type { GalleryRow } from './sample-rows.ts';
import { thumbnailSvg } from './thumbnail-svg.ts';
import type { TokenReader } from './token-reader.ts';

/** What takes long to make of a row's tokens: its picture, and what the page plays. Plain data, which may come from another thread. */
export interface PieceDrawing {
  /** `undefined` where there is nothing to see and hear. */
  readonly shown: { readonly svg: string; readonly play: PlayableNotes } | undefined;
  readonly seconds: number;
  /** Of the parts, in the order of their colours. */
  readonly programs: readonly number[];
}

/** `undefined` where the tokens cannot be read. */
export function drawPiece(row: Pick<GalleryRow, 'tokens' | 'features'>, reader: TokenReader): PieceDrawing | undefined {
  const score = reader.decode(row.tokens);
  if (score === undefined) return undefined;
  const played = playedScore(score);
  const { instruments } = row.features;
  const names = Array.isArray(instruments) ? instruments.filter((name) => typeof name === 'string') : [];
  const label = `Piano roll: ${names.slice(0, 8).join(', ')}`;
  return {
    shown:
      played.parts.length === 0 ? undefined : { svg: thumbnailSvg(played, label).text, play: playableNotes(played) },
    seconds: played.seconds,
    programs: played.parts.map(({ program }) => program),
  };
}
