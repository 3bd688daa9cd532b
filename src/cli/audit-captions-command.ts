import { Command } from 'commander';
import { parseOption } from '../config/option.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { auditCaptions, type CaptionAudit, type ContradictedCaption } from '../tools/audit-captions.ts';
import { shiftText } from './caption-lines.ts';
import { count } from './count.ts';
import { EXIT } from './exit-code.ts';
import { addInputFlags, auditedInput } from './input-flags.ts';
import { addQuiet, type QuietFlag } from './loudness.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';

interface AuditFlags extends QuietFlag, Readonly<Record<string, unknown>> {
  readonly tempo_octaves?: true;
  readonly max_contradictions?: string;
  readonly json?: true;
}

/** Captions that are shown one by one; `--json` has all. */
const SHOWN = 20;

export function auditCaptionsCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('audit-captions')
    .description(
      'whether captions say of their music what it is; exit status 3 above --max_contradictions, and for shifted rows',
    )
    .argument('<MANIFEST>', 'any input that `process` takes');
  return addQuiet(addInputFlags(command))
    .option('--tempo_octaves', 'a tempo that is half or double the stated one agrees')
    .option(
      '--max_contradictions <N>',
      'exit 3 when more captions than this contradict their music (default: no limit)',
    )
    .option('--json', 'print JSON')
    .action(async (inputFile: string, flags: AuditFlags) => {
      const audit = await auditCaptions({
        ...auditedInput(inputFile, flags),
        tempoOctaves: flags.tempo_octaves ?? false,
      });
      const given = flags.max_contradictions;
      const limit = given === undefined ? undefined : parseOption(RUN_OPTIONS.maxFailed, '--max_contradictions', given);
      const isTooMany = limit !== undefined && audit.with_contradictions > limit;
      const isBad = isTooMany || audit.shifts.length > 0;
      setExitCode(isBad ? EXIT.contradictions : EXIT.complete);
      await printResult(audit, flags, auditText, isBad);
    });
}

function auditText(audit: CaptionAudit): string {
  const {
    pairs,
    read,
    unread,
    unusable,
    with_claims: claiming,
    with_contradictions: wrong,
    shifts,
    contradictions,
  } = audit;
  const kinds = Object.entries(audit.kinds);
  const width = Math.max(...kinds.map(([kind]) => kind.length), 0);
  return [
    `${count(pairs)} pairs: ${count(read)} captions read, ${count(unread)} not read (not English), ${count(unusable.length)} unusable`,
    `${count(claiming)} captions state something of the music, ${count(wrong)} of them something that it contradicts`,
    ...kinds.map(
      ([kind, { agrees, unsure, contradicts }]) =>
        `  ${kind.padEnd(width)}  ${count(agrees)} agree, ${count(unsure)} unsure, ${count(contradicts)} contradict`,
    ),
    shifts.length === 0 ? 'No shifted rows were found.' : 'Captions that belong elsewhere:',
    ...shifts.map((shift) => `  ${shiftText(shift)}`),
    ...contradictions.slice(0, SHOWN).flatMap(contradictionText),
    ...(contradictions.length > SHOWN ? [`and ${count(contradictions.length - SHOWN)} more; --json lists all`] : []),
    '',
  ].join('\n');
}

function contradictionText({ index, midi_file: file, claims }: ContradictedCaption): string[] {
  const wrong = claims.filter(({ verdict }) => verdict === 'contradicts');
  return [
    `${index} ${printable(file ?? '')}`,
    ...wrong.map(({ kind, text, found }) => `  ${kind}: "${printable(text)}", but the music has ${printable(found)}`),
  ];
}
