import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readWhole } from '../checkpoint/read-file.ts';
import { datasetFolder } from '../dataset/dataset-place.ts';
import { RequestError } from './api-error.ts';
import type { KnownRun } from './run-registry.ts';

/** More than any report or card of ours. */
const MAX_BYTES = 64 * 1024 * 1024;
/**
 * The report is one file with its script in it. Whoever may write into the run directory may have written it, so that it is shown
 * as if it were of another site: it reads nothing from here, and sends nothing.
 */
const REPORT_POLICY =
  "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function sendReport({ files }: KnownRun, response: ServerResponse): Promise<void> {
  const bytes = await bytesOf(join(files.directory, 'report.html'));
  response.setHeader('Content-Security-Policy', REPORT_POLICY);
  send(response, bytes, 'text/html; charset=utf-8');
}

/** The data set's card as it is: Markdown. */
export async function sendCard({ files }: KnownRun, response: ServerResponse): Promise<void> {
  send(response, await bytesOf(join(datasetFolder(files.directory), 'README.md')), 'text/plain; charset=utf-8');
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const bytes = await readWhole(file, nodeFileSystem, MAX_BYTES);
  if (bytes === undefined) throw new RequestError(404, 'not_found', 'the run has none');
  return bytes;
}

function send(response: ServerResponse, bytes: Uint8Array, type: string): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(bytes);
}
