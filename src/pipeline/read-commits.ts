import { stat } from 'node:fs/promises';
import { readSegmentHeader } from '../checkpoint/segment.ts';
import { segmentFile, stageFiles } from '../checkpoint/stage-files.ts';
import { codeOf, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Commit } from '../report/timeline.ts';

const AT_ONCE = 32;

/**
 * When each segment of a stage was saved and by which session, by the times of its files: only for people to look at, as
 * copying a run directory may change them. What cannot be read is left out.
 */
export async function readCommits(checkpointFile: string, segments: number, log: Log): Promise<readonly Commit[]> {
  const files = stageFiles(checkpointFile);
  const commits: Commit[] = [];
  for (let start = 0; start < segments; start += AT_ONCE) {
    const sequences = Array.from({ length: Math.min(AT_ONCE, segments - start) }, (_, at) => start + at);
    const read = await Promise.all(sequences.map((sequence) => readCommit(segmentFile(files, sequence), log)));
    commits.push(...read.filter((commit) => commit !== undefined));
  }
  return commits;
}

async function readCommit(file: string, log: Log): Promise<Commit | undefined> {
  try {
    const [{ header }, { mtimeMs }] = await Promise.all([readSegmentHeader(file), stat(file)]);
    const pairs = header.pass === 0 ? header.last - header.first + 1 : header.retried.length;
    return { session_id: header.sessionId, at: mtimeMs, pairs };
  } catch (error) {
    log('debug', 'a segment is left out of the report', () => ({ file, code: codeOf(error), error: messageOf(error) }));
    return undefined;
  }
}
