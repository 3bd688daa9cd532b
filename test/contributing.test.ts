import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const guide = readFileSync(file('CONTRIBUTING.md'), 'utf8');
const changes = guide
  .slice(guide.indexOf('## Four changes'), guide.indexOf('## Commits'))
  .split(/\n\*\*/)
  .slice(1);

describe('the four changes of CONTRIBUTING.md', () => {
  it.each(changes.map((text) => [text.split('.')[0] ?? '', text]))('%s: takes at most four files', (_, text) => {
    const steps = text.match(/^\d\. /gm) ?? [];
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.length).toBeLessThanOrEqual(4);
  });

  it('names files that are there', () => {
    const named = [...guide.matchAll(/`((?:src|scripts|test)\/[\w./-]+)`/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(file(path)))).toEqual([]);
  });

  it('is right that an option needs no other list', () => {
    const options = readFileSync(file('src/config/run-options.ts'), 'utf8');
    const names = [...options.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(40);
    const readme = readFileSync(file('README.md'), 'utf8');
    const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    expect(names.filter((name) => !readme.includes(`\`--${snake(name)}`))).toEqual([]);
  });
});
