import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder, writeTinyModel } from './tiny-model.ts';

const SESSION = fileURLToPath(new URL('../../../src/text/encoders/transformers/model-session.ts', import.meta.url));

it('onnxruntime leaves no identifier of the user and no record of what it did', () => {
  const { directory } = writeTinyModel();
  const folder = temporaryFolder();
  for (const name of ['tmp', 'home']) mkdirSync(join(folder, name));
  const settings = {
    modelPath: join(directory, 'onnx/model.onnx'),
    gives: 'tokens',
    padTokenId: 0,
    firstPosition: 0,
    threads: 1,
  };
  const program = `
    const { openModelSession } = await import(${JSON.stringify(SESSION)});
    const session = await openModelSession(${JSON.stringify(settings)}, 'cpu');
    await session.run([Int32Array.of(101, 102)]);
    await session.close();`;
  const { ORT_DISABLE_TELEMETRY: _, ...others } = process.env;
  const environment = { ...others, TMPDIR: join(folder, 'tmp'), HOME: join(folder, 'home'), TSX_DISABLE_CACHE: '1' };
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { env: environment });
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => !/^(home|tmp)$|tsx|compile-cache/.test(name))).toEqual([]);
});
