import { Command } from 'commander';
import { type RunDetails, readRunDetails } from '../../operations/run-details.ts';
import { count } from '../count.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { sizeText } from '../size-text.ts';
import { stateText, waitingTexts } from '../state-text.ts';

export function showCommand(): Command {
  return addRunDirectory(new Command('show').description('what the checkpoints of a run say'))
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: RunDirectoryFlags & { readonly json?: true }) => {
      const files = await givenRun(directory, flags);
      const details = await readRunDetails(files);
      await printResult(details, flags, detailsText);
    });
}

function detailsText(run: RunDetails): string {
  const { directory, running, waiting, sessions, stages } = run;
  const lines = [
    printable(directory),
    `  state     ${stateText(run)}`,
    `  running   ${running === null ? 'no' : `process ${running.pid} on ${printable(running.host)}`}`,
    ...waitingTexts(waiting).map((text) => `            ${text}`),
  ];
  for (const [name, { checkpoint, requests }] of Object.entries(stages)) {
    lines.push(`  ${name}`);
    if (checkpoint === null) {
      lines.push('    not started');
      continue;
    }
    const { processed_data: data, batch_info: batch, fingerprint } = checkpoint;
    lines.push(
      `    status    ${checkpoint.status}, up to pair ${checkpoint.last_processed_idx} of ${count(checkpoint.total_files)}`,
      `    pairs     ${count(checkpoint.completed)} completed, ${count(checkpoint.failed_count)} without a result`,
      `    saved     ${printable(checkpoint.timestamp)} by session ${printable(checkpoint.session_id)}`,
      `    data      ${count(data.segments)} segments, ${count(data.records)} records, ${sizeText(data.bytes)}`,
      `    batches   ${count(batch.current_batch)}/${count(batch.total_batches)} of ${batch.batch_size} pairs`,
      `    manifest  ${printable(checkpoint.plan.input_file)}`,
      ...(requests.retry === null ? [] : ['    retry     asked for']),
      ...(requests.skip.length === 0 ? [] : [`    skip      ${requests.skip.join(', ')}`]),
      `    options   ${fingerprint.id} (--json lists them)`,
      ...checkpoint.failed
        .slice(-5)
        .map(({ index, code, error }) => `    failed    ${index} ${code}: ${printable(error)}`),
    );
  }
  for (const session of sessions)
    lines.push(
      `  session   ${printable(session.session_id)}  ${printable(session.status)}  ${printable(session.started_at)}${session.reason === undefined ? '' : `  ${printable(session.reason)}`}`,
    );
  return `${lines.join('\n')}\n`;
}
