import { channelFaults, patternFaults, timeFaults } from './channel-faults.ts';
import { chunkFaults } from './chunk-faults.ts';
import { bareEnds, cutTracks, eventFaults } from './event-faults.ts';
import type { OddFile } from './odd-file.ts';
import { textFaults } from './text-faults.ts';

/** Every file that programs have trouble with and that can be made in a line or two. */
export function oddFiles(): readonly OddFile[] {
  return [
    ...chunkFaults(),
    ...eventFaults(),
    ...bareEnds(),
    ...cutTracks(),
    ...channelFaults(),
    ...patternFaults(),
    ...timeFaults(),
    ...textFaults(),
  ];
}
