import { decodeText } from './decode-text.ts';
import type { MidiLimits } from './limits.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import type { KeySignatures, Score, Tempos, TextEvent, TimeSignatures } from './score.ts';
import { TickColumn } from './tick-column.ts';
import type { TrackGroups } from './track-groups.ts';
import { readVlq } from './vlq.ts';

const TEXT = 0x01;
const COPYRIGHT = 0x02;
const TRACK_NAME = 0x03;
const INSTRUMENT = 0x04;
const LYRIC = 0x05;
const MARKER = 0x06;
const CUE = 0x07;
const TEMPO = 0x51;
const TIME_SIGNATURE = 0x58;
const KEY_SIGNATURE = 0x59;
/** symusic takes a meta event for a message on channel 15, so that is where lyrics go. */
const LYRIC_CHANNEL = 15;

type MetaLists = Pick<Score, 'tempos' | 'timeSignatures' | 'keySignatures' | 'markers' | 'texts'>;

/** What the meta events of a file say: pooled over its tracks, but for the current track's name and lyrics. */
export class MetaEvents {
  /** Last name of the current track. */
  trackName = '';
  private readonly tempos = new TickColumn();
  private readonly timeSignatures = new TickColumn();
  private readonly keySignatures = new TickColumn();
  private readonly markers: TextEvent[] = [];
  private readonly texts: TextEvent[] = [];
  /** Last tick of any tempo, signature or marker. */
  endTick = 0;
  private textEvents = 0;
  private textBytes = 0;
  private readonly groups: TrackGroups;
  private readonly repairs: RepairLog;
  private readonly limits: MidiLimits;

  constructor(groups: TrackGroups, repairs: RepairLog, limits: MidiLimits) {
    this.groups = groups;
    this.repairs = repairs;
    this.limits = limits;
  }

  /** Reads one meta event from its type byte at `position` to `end`. Types that are in no score are skipped. */
  read(bytes: Uint8Array, position: number, end: number, tick: number): void {
    const type = bytes[position] ?? 0;
    const length = readVlq(bytes, position + 1, end);
    const start = position + 1 + (length & 7);
    switch (type) {
      case TRACK_NAME:
        this.trackName = this.textOf(bytes, start, end);
        break;
      case LYRIC:
        this.readLyric(this.textOf(bytes, start, end), tick);
        break;
      case MARKER:
        this.readMarker(this.textOf(bytes, start, end), tick);
        break;
      case TEXT:
      case COPYRIGHT:
      case INSTRUMENT:
      case CUE:
        if (end > start) this.texts.push({ tick, text: this.textOf(bytes, start, end) });
        break;
      case TEMPO:
        this.readTempo(bytes, start, end, tick);
        break;
      case TIME_SIGNATURE:
        this.readTimeSignature(bytes, start, end, tick);
        break;
      case KEY_SIGNATURE:
        this.readKeySignature(bytes, start, end, tick);
        break;
    }
  }

  private readMarker(text: string, tick: number): void {
    if (text === '') return;
    this.markers.push({ tick, text });
    this.endTick = Math.max(this.endTick, tick);
  }

  private readLyric(text: string, tick: number): void {
    const { groups } = this;
    let group = groups.current[LYRIC_CHANNEL] ?? -1;
    if (group < 0) group = groups.create(LYRIC_CHANNEL);
    if (text === '') return;
    const lyrics = groups.lyrics.get(group);
    if (lyrics === undefined) groups.lyrics.set(group, [{ tick, text }]);
    else lyrics.push({ tick, text });
  }

  private textOf(bytes: Uint8Array, start: number, end: number): string {
    this.textEvents += 1;
    this.textBytes += end - start;
    if (this.textEvents > this.limits.textEvents || this.textBytes > this.limits.textBytes) {
      throw new MidiRefusal('midi_limit_text', `${this.textEvents} texts of ${this.textBytes} bytes`);
    }
    return decodeText(bytes, start, end);
  }

  private readTempo(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(3, start, end)) return;
    const microseconds = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    if (microseconds === 0) this.repairs.add('tempo_zero');
    else this.push(this.tempos, tick, microseconds);
  }

  private readTimeSignature(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(2, start, end)) return;
    if (this.timeSignatures.length >= this.limits.bars) {
      throw new MidiRefusal('midi_limit_bars', `more than ${this.limits.bars} time signatures`);
    }
    const numerator = bytes[start] ?? 0;
    const exponent = bytes[start + 1] ?? 0;
    const denominator = exponent < 8 ? 1 << exponent : 0;
    if (numerator === 0 || denominator === 0) this.repairs.add('bad_time_signature');
    this.push(this.timeSignatures, tick, (numerator << 8) | denominator);
  }

  private readKeySignature(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(2, start, end)) return;
    this.push(this.keySignatures, tick, ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0));
  }

  private push(column: TickColumn, tick: number, value: number): void {
    column.push(tick, value);
    this.endTick = Math.max(this.endTick, tick);
  }

  private hasBytes(count: number, start: number, end: number): boolean {
    if (end - start >= count) return true;
    this.repairs.add('short_meta_event');
    return false;
  }

  /** Everything sorted by tick, equal ticks in file order. `constantTempo` replaces the file's tempos. */
  finish(constantTempo: number | undefined): MetaLists {
    return {
      tempos: constantTempo === undefined ? temposOf(this.tempos) : constantTempoOf(constantTempo),
      timeSignatures: timeSignaturesOf(this.timeSignatures),
      keySignatures: this.keySignatures.length === 0 ? NO_KEY_SIGNATURES : keySignaturesOf(this.keySignatures),
      markers: this.markers.sort((a, b) => a.tick - b.tick),
      texts: this.texts,
    };
  }
}

const NO_KEY_SIGNATURES: KeySignatures = keySignaturesOf(new TickColumn());

function temposOf(column: TickColumn): Tempos {
  const { ticks, values } = column.sorted();
  return { tick: ticks, microsecondsPerQuarter: new Float64Array(values) };
}

function constantTempoOf(microsecondsPerQuarter: number): Tempos {
  return { tick: Float64Array.of(0), microsecondsPerQuarter: Float64Array.of(microsecondsPerQuarter) };
}

function timeSignaturesOf(column: TickColumn): TimeSignatures {
  const { ticks, values } = column.sorted();
  return {
    tick: ticks,
    numerator: new Uint16Array(values.map(highByte)),
    denominator: new Uint16Array(values.map(lowByte)),
  };
}

function keySignaturesOf(column: TickColumn): KeySignatures {
  const { ticks, values } = column.sorted();
  return { tick: ticks, sharps: new Int8Array(values.map(highByte)), minor: new Uint8Array(values.map(lowByte)) };
}

function highByte(packed: number): number {
  return packed >> 8;
}

function lowByte(packed: number): number {
  return packed & 0xff;
}
