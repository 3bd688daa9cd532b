import { Command } from 'commander';
import { type AuditedLeak, auditManifest, type ManifestAudit } from '../tools/audit-manifest.ts';
import { EXIT } from './exit-code.ts';
import { addInputFlags, auditedInput } from './input-flags.ts';
import { addQuiet, type QuietFlag } from './loudness.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';

type AuditFlags = Readonly<Record<string, unknown>> & QuietFlag & { readonly json?: true };

/** Leaks that are named one by one; `--json` has all. */
const SHOWN_LEAKS = 20;

export function auditSplitCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('audit-split')
    .description('whether copies of a piece are in different splits of a manifest; exit status 3 where they are')
    .argument('<MANIFEST>', 'any input that `process` takes, with a field or folders that name the split');
  return addQuiet(addInputFlags(command))
    .option('--json', 'print JSON')
    .action(async (inputFile: string, flags: AuditFlags) => {
      const audit = await auditManifest(auditedInput(inputFile, flags));
      setExitCode(audit.leaking_groups === 0 ? EXIT.complete : EXIT.leaks);
      await printResult(audit, flags, auditText, audit.leaking_groups > 0);
    });
}

function auditText({
  pairs,
  without_split: without,
  unreadable,
  splits,
  leaking_groups: groups,
  leaks,
}: ManifestAudit) {
  const names = Object.entries(splits);
  const width = Math.max(...names.map(([name]) => printable(name).length), 0);
  return [
    `${pairs} pairs: ${without} without a split, ${unreadable.length} with a MIDI file that cannot be used`,
    ...names.map(
      ([name, { pieces, exposed }]) =>
        `  ${printable(name).padEnd(width)}  ${pieces} pieces, ${exposed} with a copy in another split`,
    ),
    groups === 0 ? 'No leak was found.' : `Groups of copies in more than one split: ${groups}`,
    ...leaks.slice(0, SHOWN_LEAKS).map(leakText),
    ...(leaks.length > SHOWN_LEAKS ? [`  and ${leaks.length - SHOWN_LEAKS} more; --json lists all`] : []),
    '',
  ].join('\n');
}

const KINDS: Readonly<Record<AuditedLeak['kind'], string>> = {
  exact: 'is the same file as',
  notes: 'has the same notes as',
  transposed: 'has the same notes in another key or timing as',
  near: 'is a near copy of',
};

function leakText(leak: AuditedLeak): string {
  const earlier = pieceText(leak.of, leak.of_midi_file, leak.of_split);
  const likeness = leak.kind === 'near' ? `, similarity ${leak.similarity}` : '';
  return `  ${pieceText(leak.index, leak.midi_file, leak.split)} ${KINDS[leak.kind]} ${earlier}${likeness}`;
}

function pieceText(index: number, midiFile: string | null, split: string): string {
  return `${index} ${printable(midiFile ?? '')} (${printable(split)})`;
}
