import { readFileSync } from 'node:fs';
import { TINY, writeTestModel } from '../test-models/write-test-model.ts';
import type { Consumer } from './consumer.ts';
import { installedPackages, sizeOnDiskMb } from './installed-packages.ts';
import { mainJob } from './main-job.ts';

const SAMPLES = 'node_modules/midiloom/data/pairs.jsonl';
const FLAGS = '--text_encoder transformers --text_model model';

/** Asks for a text model, runs the command that the refusal prints, and asks again. */
export function checkTextRuntime(project: Consumer): void {
  writeTestModel(project.path('model'), TINY, ['fp32']);
  const refused = project.try(`npx midiloom process --input_file ${SAMPLES} --output_dir run-refused ${FLAGS}`);
  const [, command] = /^ *(npm i .*)$/m.exec(refused.stderr) ?? [];
  if (refused.status !== 7 || command === undefined) {
    throw new Error(`exit ${refused.status} where what runs text models is not installed:\n${refused.stderr}`);
  }
  for (const document of ['README.md', 'docs/installing.md']) {
    if (!readFileSync(document, 'utf8').includes(command)) throw new Error(`${document} does not have: ${command}`);
  }
  console.log(`a text model is asked for: exit 7, and it prints: ${command}`);
  const modules = project.path('node_modules');
  const before = sizeOnDiskMb(modules);
  project.run(command);
  const added = sizeOnDiskMb(modules) - before;
  const names = installedPackages(project.folder).map(({ name }) => name);
  if (names.some((name) => /^(onnxruntime-web|sharp)$/.test(name))) throw new Error(`${command} brings too much`);
  const { completed } = mainJob(project, 'npx midiloom', SAMPLES, FLAGS);
  console.log(`after that: ${completed} pairs done; ${added.toFixed(0)} MB more on disk`);
}
