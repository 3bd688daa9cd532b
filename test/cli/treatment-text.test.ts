import { expect, it } from 'vitest';
import { treatmentText } from '../../src/cli/treatment-text.ts';
import { OTHER_READERS } from '../../src/midi/other-readers.ts';

it('of every reader and fault it is said what is known, and nothing where it reads the same', () => {
  for (const readers of Object.values(OTHER_READERS)) {
    for (const treatments of Object.values(readers)) {
      const text = treatmentText(treatments);
      if (treatments.join() === 'same') expect(text).toBeUndefined();
      else
        expect(text).toMatch(treatments.length === 1 ? /^(reads other notes|refuses the file)$/ : / some such files/);
    }
  }
  expect(treatmentText(['other', 'refuses', 'same'])).toBe('reads other notes in some such files, and refuses some');
});
