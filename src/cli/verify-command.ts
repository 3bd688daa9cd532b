import { Command } from 'commander';
import { type Verification, verifyRun } from '../operations/verify/verify-run.ts';
import { count } from './count.ts';
import { EXIT } from './exit-code.ts';
import { addQuiet, type QuietFlag } from './loudness.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from './run-directory-flags.ts';

interface VerifyFlags extends RunDirectoryFlags, QuietFlag {
  readonly input_file?: string;
  readonly midi_root?: string;
  readonly allow_outside?: true;
  readonly json?: true;
}

export function verifyCommand(setExitCode: (code: number) => void): Command {
  const command = addRunDirectory(
    new Command('verify').description(
      'check a data set against its checksums, its checkpoints, its manifest and its files; exit 5 where something differs',
    ),
  )
    .option('--input_file <FILE>', 'the manifest (default: the one that the run remembers)')
    .option('--midi_root <DIR>', "where relative paths of MIDI and text files start (default: the manifest's folder)")
    .option('--allow_outside', 'allow paths that leave it');
  return addQuiet(command)
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: VerifyFlags) => {
      const found = await verifyRun(await givenRun(directory, flags), {
        inputFile: flags.input_file,
        midiRoot: flags.midi_root,
        allowOutside: flags.allow_outside,
      });
      setExitCode(found.verified ? EXIT.complete : EXIT.checkpointRefused);
      await printResult(found, flags, verificationText, !found.verified);
    });
}

function verificationText({ verified, dataset, rows, partial, formats, checks, inputsGone }: Verification): string {
  const lines = [
    `${printable(dataset)}: ${count(rows)} rows${partial ? ', partial' : ''}: ${verified ? 'verified' : 'NOT as it should be'}`,
  ];
  for (const [name, { count: problems, first }] of Object.entries(checks)) {
    lines.push(
      `  ${name}: ${problems === 0 ? 'good' : `${count(problems)} problems`}`,
      ...first.map((text) => `    ${printable(text)}`),
    );
    if (problems > first.length) lines.push(`    and ${count(problems - first.length)} more`);
  }
  if (inputsGone > 0) lines.push(`  ${count(inputsGone)} input files are not there any more`);
  for (const [format, far] of Object.entries(formats)) {
    if (far !== 'rows') lines.push(`  ${printable(format)}: ${LOOKED_AT[far]}`);
  }
  return `${lines.join('\n')}\n`;
}

const LOOKED_AT = {
  numbers: 'checked by checksums, shape and numbers; it does not say whose they are',
  checksums: 'checked by checksums only',
} as const;
