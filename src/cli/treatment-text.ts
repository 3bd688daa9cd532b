import type { Treatment } from '../midi/other-readers.ts';

/**
 * What another reader does with files that have a fault, where that is not what ours does. Where it is not the same with all of them,
 * nobody knows of this one.
 */
export function treatmentText(treatments: readonly Treatment[]): string | undefined {
  return TREATMENTS.get(treatments.join(' '));
}

const TREATMENTS: ReadonlyMap<string, string> = new Map([
  ['other', 'reads other notes'],
  ['refuses', 'refuses the file'],
  ['other refuses', 'reads other notes in some such files, and refuses the others'],
  ['other same', 'reads other notes in some such files'],
  ['refuses same', 'refuses some such files'],
  ['other refuses same', 'reads other notes in some such files, and refuses some'],
]);
