import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { headersOf, NAME, startHub } from '../text/hub/stand-in-hub.ts';
import { runCli } from './run-cli.ts';

const folder = temporaryFolder('model-download');

it('a signal ends a download that hangs at once, with the status of the signal, and says that what came is kept', async () => {
  const hub = await startHub();
  hub.fault = ({ method, path }, response, content) => {
    if (method !== 'GET' || path !== 'onnx/model.onnx') return false;
    response.writeHead(200, { ...headersOf(content), 'content-length': content.length });
    return response.write(content.subarray(0, 1000)) || true;
  };
  const places = ['--output_dir', join(folder, 'run'), '--model_cache', join(folder, 'models')];
  const args = ['process', '--input_file', SAMPLE, '--text_model', NAME, ...places];
  const startedAt = performance.now();
  const result = await runCli(args, { signalAfterMs: { signal: 'SIGTERM', ms: 4000 } });
  expect(result.code, result.stderr).toBe(143);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(result.stderr).toMatch(/^downloading onnx\/model\.onnx, 0\.\d MB of 0\.\d MB$/m);
  expect(result.stderr).toContain('what has come of the text model is kept, and gone on with');
});
