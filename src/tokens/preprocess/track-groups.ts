import type { Track } from '../../midi/score.ts';

/** Tracks that become one: all of a program where everything goes into one stream, otherwise each by itself. */
export interface TrackGroup {
  /** -1 is drums. */
  readonly program: number;
  readonly isDrum: boolean;
  /** In score order. */
  readonly members: readonly Track[];
}

/** Groups in the order of their first track. */
export function groupTracks(tracks: readonly Track[], byProgram: boolean): readonly TrackGroup[] {
  if (!byProgram) return tracks.map((track) => ({ ...identity(track), members: [track] }));
  const groups = new Map<number, Track[]>();
  for (const track of tracks) {
    const { program } = identity(track);
    const members = groups.get(program);
    if (members === undefined) groups.set(program, [track]);
    else members.push(track);
  }
  return [...groups].map(([program, members]) => ({ program, isDrum: program === -1, members }));
}

function identity(track: Track): { readonly program: number; readonly isDrum: boolean } {
  return { program: track.isDrum ? -1 : track.program, isDrum: track.isDrum };
}
