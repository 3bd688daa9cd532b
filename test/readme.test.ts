import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as midiloom from 'midiloom';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const examples = [...readFileSync(`${root}README.md`, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code = '']) => code,
);
const IMPORT = /import \{ (.*?) \} from 'midiloom';/;

it('the examples of the README import what the package has', () => {
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const names = IMPORT.exec(example)?.[1]?.split(', ') ?? [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !Object.hasOwn(midiloom, name))).toEqual([]);
  }
});

it('its example of the MIDI side runs over files', () => {
  const folder = `${root}data/midi/`;
  const files = readdirSync(folder).map((name) => new Uint8Array(readFileSync(`${folder}${name}`)));
  const written: { tokens: number; key: unknown }[] = [];
  const refused: string[] = [];
  const write = (streams: readonly Uint16Array[], features: { key: unknown }) => {
    written.push({ tokens: streams.reduce((sum, ids) => sum + ids.length, 0), key: features.key });
  };
  const log = { error: (code: string) => refused.push(code) };
  const code = examples[1]?.replace(IMPORT, 'const { $1 } = midiloom;') ?? '';
  new Function('midiloom', 'files', 'write', 'console', code)(midiloom, files, write, log);
  expect(written.length).toBeGreaterThan(40);
  expect(written.every(({ tokens }) => tokens > 0)).toBe(true);
  expect(new Set(written.map(({ key }) => key)).size).toBeGreaterThan(5);
  expect(written.length + refused.length).toBe(files.length);
});
