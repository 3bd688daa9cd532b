import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REPAIR_MEANINGS } from '../../src/midi/repair-meanings.ts';

it('docs/midi.md lists every repair with its meaning', () => {
  const text = readFileSync(new URL('../../docs/midi.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, key = '', meaning = '']) => [key, meaning]);
  expect(rows).toEqual(Object.entries(REPAIR_MEANINGS));
});
