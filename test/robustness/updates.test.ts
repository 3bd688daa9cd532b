/** The short form of the rigs of `--mode update`; `npm run test:update` runs them in full. */
import { expect, it } from 'vitest';
import { killedUpdate } from './killed-update.ts';
import { foundText } from './rig.ts';
import { updateAfterEdits } from './update-edits.ts';

it('an update after random edits equals a fresh run', async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const report = await updateAfterEdits({ share: 0.01, seed });
  expect(foundText(report), `seed ${seed}: ${report.tried}`).toBe('nothing');
});

it('an update that is killed does, too', async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const report = await killedUpdate({ share: 0.01, seed });
  expect(foundText(report), `seed ${seed}: ${report.tried}`).toBe('nothing');
});
