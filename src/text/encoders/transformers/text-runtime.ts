import { installCommand } from '../../../config/install-command.ts';
import { installedVersion } from '../../../config/installed-version.ts';
import { ownPackage } from '../../../config/own-package.ts';
import { MissingError } from '../../../errors.ts';

/** The packages that run text models. A run without one does not need them, and they are ten times as large as all others. */
const PACKAGES = ['onnxruntime-node', 'tokenizers'] as const;

/** Their installed versions. */
export interface TextRuntime {
  readonly onnxruntime: string;
  readonly tokenizers: string;
}

/** @throws MissingError `text_runtime_missing`, with the command that installs what is not there. */
export function textRuntime(): TextRuntime {
  const [onnxruntime, tokenizers] = PACKAGES.map(installedVersion);
  if (onnxruntime !== undefined && tokenizers !== undefined) return { onnxruntime, tokenizers };
  const missing = PACKAGES.filter((name) => installedVersion(name) === undefined);
  const wanted = PACKAGES.map((name) => `${name}@${ownPackage().tested[name]}`);
  const lines = [
    `--text_encoder transformers runs a text model by ${PACKAGES.join(' and ')}; not installed: ${missing.join(', ')}`,
    'Ways out:',
    `  ${installCommand(ownPackage(), wanted)}`,
    '  --text_encoder hashing or none, which need neither',
  ];
  throw new MissingError('text_runtime_missing', lines.join('\n'));
}
