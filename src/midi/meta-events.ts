import type { FileTexts } from './file-texts.ts';
import type { MidiLimits } from './limits.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairKey, RepairLog } from './repairs.ts';
import type { KeySignatures, Score, Tempos, TextEvent, TimeSignatures } from './score.ts';
import { TickColumn } from './tick-column.ts';
import type { TrackGroups } from './track-groups.ts';
import { readVlq, vlqBytes } from './vlq.ts';

const TEXT = 0x01;
const COPYRIGHT = 0x02;
const TRACK_NAME = 0x03;
const INSTRUMENT = 0x04;
const LYRIC = 0x05;
const MARKER = 0x06;
const CUE = 0x07;
const PORT = 0x21;
const TEMPO = 0x51;
const TIME_SIGNATURE = 0x58;
const KEY_SIGNATURE = 0x59;
/** 6,000 quarters a minute: no music goes that fast, and no player follows. */
const SHORTEST_QUARTER_MICROSECONDS = 10_000;
const MOST_ACCIDENTALS = 7;
const LARGEST_DENOMINATOR_EXPONENT = 7;
/** From here up, the sort by which symusic orders tempos and signatures does not keep the order of equal ticks. */
const UNSTABLE_FROM = 24;
const NOTHING: readonly number[] = [];
/** symusic takes a meta event for a message on channel 15, so that is where lyrics go. */
const LYRIC_CHANNEL = 15;

type MetaLists = Pick<Score, 'tempos' | 'timeSignatures' | 'keySignatures' | 'markers' | 'texts'>;

/** What the meta events of a file say: pooled over its tracks, but for the current track's name and lyrics. */
export class MetaEvents {
  /** Last name of the current track. */
  trackName = '';
  /** MIDI port of the current track: channels of other ports are other channels. */
  port = 0;
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
  private readonly fileTexts: FileTexts;
  /** What the event that is being read is to be written as, if not as it is. */
  private instead: readonly number[] | undefined;

  constructor(groups: TrackGroups, repairs: RepairLog, limits: MidiLimits, fileTexts: FileTexts) {
    this.groups = groups;
    this.repairs = repairs;
    this.limits = limits;
    this.fileTexts = fileTexts;
  }

  beginTrack(): void {
    this.trackName = '';
    this.port = 0;
  }

  /** What a pattern has to say at its start so that nothing of those before it goes on in it. */
  resetMessages(): readonly (readonly number[])[] {
    return [
      ...(this.tempos.length > 0 ? [[0xff, TEMPO, 3, 0x07, 0xa1, 0x20]] : []),
      ...(this.timeSignatures.length > 0 ? [[0xff, TIME_SIGNATURE, 4, 4, 2, 24, 8]] : []),
    ];
  }

  /**
   * Reads one meta event from its type byte at `position` to `end`. Types that are in no score are skipped. Returns what is
   * right in its place, `undefined` where it is right.
   */
  read(bytes: Uint8Array, position: number, end: number, tick: number): readonly number[] | undefined {
    this.instead = undefined;
    const type = bytes[position] ?? 0;
    const length = readVlq(bytes, position + 1, end);
    const start = position + 1 + (length & 7);
    switch (type) {
      case TRACK_NAME:
        this.trackName = this.textOf(bytes, type, start, end);
        break;
      case LYRIC:
        this.readLyric(this.textOf(bytes, type, start, end), tick);
        break;
      case MARKER:
        this.readMarker(this.textOf(bytes, type, start, end), tick);
        break;
      case TEXT:
      case COPYRIGHT:
      case INSTRUMENT:
      case CUE:
        if (end > start) this.texts.push({ tick, text: this.textOf(bytes, type, start, end) });
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
      case PORT:
        if (end > start) this.port = bytes[start] ?? 0;
        break;
    }
    return this.instead;
  }

  /** Leaves an event out. */
  private drop(repair: RepairKey, start: number): void {
    this.repairs.add(repair, start);
    this.instead = NOTHING;
  }

  private readMarker(text: string, tick: number): void {
    if (text === '') return;
    this.markers.push({ tick, text });
    this.endTick = Math.max(this.endTick, tick);
  }

  private readLyric(text: string, tick: number): void {
    const { groups } = this;
    let group = groups.current[LYRIC_CHANNEL] ?? -1;
    if (group < 0) {
      group = groups.create(LYRIC_CHANNEL);
      groups.hasLyricGroup = true;
    }
    if (text === '') return;
    const lyrics = groups.lyrics.get(group);
    if (lyrics === undefined) groups.lyrics.set(group, [{ tick, text }]);
    else lyrics.push({ tick, text });
  }

  private textOf(bytes: Uint8Array, type: number, start: number, end: number): string {
    this.textEvents += 1;
    this.textBytes += end - start;
    if (this.textEvents > this.limits.textEvents || this.textBytes > this.limits.textBytes) {
      throw new MidiRefusal('midi_limit_text', `${this.textEvents} texts of ${this.textBytes} bytes`);
    }
    const { text, wasForeign } = this.fileTexts.decode(bytes, start, end);
    if (wasForeign) {
      this.repairs.add('text_encoding', start);
      const utf8 = new TextEncoder().encode(text);
      this.instead = [0xff, type, ...vlqBytes(utf8.length), ...utf8];
    }
    return text;
  }

  private readTempo(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(3, start, end)) return;
    const microseconds = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    if (microseconds === 0) this.drop('tempo_zero', start);
    else if (microseconds < SHORTEST_QUARTER_MICROSECONDS) this.drop('tempo_out_of_range', start);
    else this.push(this.tempos, tick, microseconds);
  }

  private readTimeSignature(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(2, start, end)) return;
    if (this.timeSignatures.length >= this.limits.bars) {
      throw new MidiRefusal('midi_limit_bars', `more than ${this.limits.bars} time signatures`);
    }
    const numerator = bytes[start] ?? 0;
    const exponent = bytes[start + 1] ?? 0;
    const isKnown = numerator > 0 && exponent <= LARGEST_DENOMINATOR_EXPONENT;
    if (isKnown) this.push(this.timeSignatures, tick, (numerator << 8) | (1 << exponent));
    else this.drop('bad_time_signature', start);
  }

  private readKeySignature(bytes: Uint8Array, start: number, end: number, tick: number): void {
    if (!this.hasBytes(2, start, end)) return;
    const sharps = bytes[start] ?? 0;
    const mode = bytes[start + 1] ?? 0;
    const isKnown = (sharps <= MOST_ACCIDENTALS || sharps >= 256 - MOST_ACCIDENTALS) && mode <= 1;
    if (isKnown) this.push(this.keySignatures, tick, (sharps << 8) | mode);
    else this.drop('bad_key_signature', start);
  }

  private push(column: TickColumn, tick: number, value: number): void {
    column.push(tick, value);
    this.endTick = Math.max(this.endTick, tick);
  }

  private hasBytes(count: number, start: number, end: number): boolean {
    if (end - start >= count) return true;
    this.drop('short_meta_event', start);
    return false;
  }

  /** Everything sorted by tick, equal ticks in file order. `constantTempo` replaces the file's tempos. */
  finish(constantTempo: number | undefined): MetaLists {
    for (const list of [this.tempos, this.timeSignatures, this.keySignatures]) {
      if (list.length >= UNSTABLE_FROM) this.repairs.add('same_tick_order', 0, list.keepLastOfEachTick());
    }
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
