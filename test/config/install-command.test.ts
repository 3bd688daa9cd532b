import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installCommand } from '../../src/config/install-command.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('install-command');
let folders = 0;

function emptyFolder(): string {
  const directory = join(folder, String(folders++));
  mkdirSync(directory);
  return directory;
}

/** The command for midiloom in this folder. */
function commandIn(...folder: readonly string[]): string {
  const directory = join(emptyFolder(), ...folder);
  mkdirSync(directory, { recursive: true });
  return installCommand({ directory, version: '1.2.3' }, ['a@1.0.0', 'b@2.0.0']);
}

describe('installCommand', () => {
  it('adds to the project that midiloom is installed in', () => {
    const project = emptyFolder();
    writeFileSync(join(project, 'package.json'), '{}');
    const directory = join(project, 'node_modules', 'midiloom');
    expect(installCommand({ directory, version: '1.2.3' }, ['a@1.0.0'])).toBe('npm i --ignore-scripts a@1.0.0');
  });

  it('adds to what is installed for the whole machine', () => {
    expect(commandIn('lib', 'node_modules', 'midiloom')).toBe('npm i -g --ignore-scripts a@1.0.0 b@2.0.0');
  });

  it('speaks to the one who installed it', () => {
    expect(commandIn('node_modules', '.pnpm', 'midiloom@1.2.3', 'node_modules', 'midiloom')).toBe(
      'pnpm add a@1.0.0 b@2.0.0',
    );
  });

  it('names all packages to npx, whose folders nobody adds to', () => {
    expect(commandIn('_npx', '0a1b2c', 'node_modules', 'midiloom')).toBe(
      'npx --ignore-scripts -p midiloom@1.2.3 -p a@1.0.0 -p b@2.0.0 midiloom',
    );
  });

  it('installs what the lock file of a clone has', () => {
    expect(commandIn('work', 'midiloom')).toBe('npm ci');
  });
});
