import type { ManifestRecord } from '../manifest-record.ts';
import type { ReadRecord, RecordReader } from './record-reader.ts';

const MD5 = /^[0-9a-f]{32}$/;
/** Records of one entry are told apart behind the point of their offset. */
const STEP = 1 / 1024;

/** Whether a record is an entry of the Lakh MIDI Dataset's `match_scores.json`: `{"<md5>": score, …}` by track. */
export function isMatchScores({ id, ...scores }: ManifestRecord): boolean {
  const entries = Object.entries(scores);
  return (
    typeof id === 'string' &&
    entries.length > 0 &&
    entries.every(([md5, score]) => MD5.test(md5) && typeof score === 'number')
  );
}

/**
 * The Lakh MIDI Dataset's matches: a record for each file of a track, with its place in `lmd_matched`, its score, and the
 * track of the Million Song Dataset that it was matched to.
 */
export function matchScoresReader(reader: RecordReader): RecordReader {
  return {
    ...reader,
    async *blocks({ part, offset }) {
      const first = Math.floor(offset);
      for await (const block of reader.blocks({ part, offset: first })) {
        const records = block.records.flatMap(filesOf).filter((read) => read.offset >= offset);
        yield { part: block.part, records };
      }
    },
  };
}

function filesOf(read: ReadRecord): readonly ReadRecord[] {
  if (read.record === undefined || !isMatchScores(read.record)) return [read];
  const { id, ...scores } = read.record;
  const track = String(id);
  return Object.entries(scores).map(([md5, score], place) => ({
    offset: read.offset + place * STEP,
    record: {
      id: `${track}/${md5}`,
      midi_file: [track[2], track[3], track[4], track, `${md5}.mid`].join('/'),
      track_id: track,
      md5,
      match_score: score,
    },
  }));
}
