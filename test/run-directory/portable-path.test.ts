import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPortablePath, placeOf, portablePath } from '../../src/run-directory/portable-path.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('portable');

describe('a path in run.json', () => {
  it('is relative to the run directory where they may be moved together', () => {
    expect(portablePath('/work/data/pairs.jsonl', '/work/runs/one')).toBe('../../data/pairs.jsonl');
    expect(portablePath('/work/runs/one/tokenizer_config.json', '/work/runs/one')).toBe('./tokenizer_config.json');
    expect(portablePath('/run/file', '/run')).toBe('./file');
    expect(portablePath('/work/runs', '/work/runs/one')).toBe('..');
    expect(portablePath('/mnt/drive/pairs.jsonl', '/work/runs/one')).toBe('/mnt/drive/pairs.jsonl');
  });

  it('leads back to where it was, whatever the folders are called', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/\0]/.test(text) && !/^\.+$/.test(text));
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => `/${names.join('/')}`);
    fc.assert(
      fc.property(path, path, (file, directory) => {
        const kept = portablePath(file, directory);
        expect(isPortablePath(kept)).toBe(true);
        expect(placeOf(kept, directory, directory)).toBe(file);
      }),
    );
  });

  it('leads to what moved along, else to where it was', () => {
    mkdirSync(join(folder, 'new', 'data'), { recursive: true });
    writeFileSync(join(folder, 'new', 'data', 'pairs.jsonl'), '');
    expect(placeOf('../data/pairs.jsonl', join(folder, 'new', 'run'), '/old/run')).toBe(
      join(folder, 'new', 'data', 'pairs.jsonl'),
    );
    expect(placeOf('../data/pairs.jsonl', join(folder, 'elsewhere'), '/old/run')).toBe('/old/data/pairs.jsonl');
  });
});
