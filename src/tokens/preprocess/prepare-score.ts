import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import { TickSorter } from '../tick-sorter.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { lastEventTick, tickOfBar } from './clip-tick.ts';
import type { Grid } from './grid.ts';
import { type GridRounding, gridRounding } from './grid-rounding.ts';
import { gridRoundingBefore31 } from './grid-rounding-before-3-1.ts';
import {
  alignMeters,
  beginAtZero,
  COMMON_TIME,
  everyMeter,
  type Meters,
  resampleMeters,
  supportedMeters,
} from './meters.ts';
import { NoteList } from './note-list.ts';
import { NO_CONTROLS, prepareControls } from './prepare-controls.ts';
import { NO_KEYS, prepareKeys } from './prepare-keys.ts';
import { type NotePreparation, prepareNotes } from './prepare-notes.ts';
import { NO_PEDALS, type PedalPreparation, preparePedals } from './prepare-pedals.ts';
import { NO_PITCH_BENDS, preparePitchBends } from './prepare-pitch-bends.ts';
import { NO_TEMPOS, prepareTempos } from './prepare-tempos.ts';
import type { PreparedScore, PreparedTrack } from './prepared-score.ts';
import { beatSections, gridFactors, type Section } from './sections.ts';
import { NoteSorter } from './sort-notes.ts';
import { countLostTempos, lostMeters, type TokenLosses } from './token-losses.ts';
import { groupTracks } from './track-groups.ts';

/** Larger ticks do not fit the arrays, nor symusic. */
const LARGEST_TICK = 2 ** 31 - 1;

/** Memory that serves one score after the other; a prepared score is valid until the next is prepared. */
export class ScorePreparer {
  readonly #tables: TokenizerTables;
  readonly #notePreparation: NotePreparation;
  readonly #pedalPreparation: PedalPreparation;
  readonly #rounding: GridRounding;
  readonly #notes = new NoteList();
  readonly #sorter = new NoteSorter(new TickSorter());

  constructor(tables: TokenizerTables) {
    const { config, nearestVelocity, durations, durationPrograms, hasNoteOffs, fineGrid } = tables;
    this.#tables = tables;
    this.#rounding = config.miditok === '3.1.0' ? gridRounding : gridRoundingBefore31;
    this.#notePreparation = {
      pitchRange: config.pitch_range,
      drumPitchRange: config.use_pitchdrum_tokens ? config.drums_pitch_range : config.pitch_range,
      nearestVelocity,
      durations,
      durationPrograms,
      lengths: hasNoteOffs ? 'ends' : fineGrid === undefined ? 'tokens' : 'fine',
      removeDuplicates: config.remove_duplicated_notes,
    };
    const hasDurations = config.sustain_pedal_duration;
    this.#pedalPreparation = {
      hasDurations,
      durations: hasDurations && fineGrid === undefined ? durations : undefined,
    };
  }

  /**
   * Resamples, merges, filters and bins a score in MidiTok's order (../shared/MIDITOK.md 4).
   * @throws MidiloomError `ticks_too_large`, `too_many_time_signatures`, `meter_not_on_grid`: for scores that are no music.
   */
  prepare(score: Score): PreparedScore {
    const { config, values, mostBars, tempos } = this.#tables;
    const { ticksPerQuarter, scale, meters } = this.#layGrid(score);
    const beats = this.#beats(meters, ticksPerQuarter);
    const factors = gridFactors(meters, ticksPerQuarter, values.positionsPerBeat);
    const grid = { scale, beats, factors, rounding: this.#rounding };
    const lost = { pitch_range: 0, drums_pitch_range: 0, programs: 0, bars: 0 };
    const prepared = {
      ticksPerQuarter,
      scale,
      meters,
      tempos: config.use_tempos ? prepareTempos(score.tempos, grid, tempos) : NO_TEMPOS,
      keys: config.use_key_signatures ? prepareKeys(score.keySignatures, grid) : NO_KEYS,
      beats,
      notes: this.#notes,
      tracks: this.#prepareTracks(score, grid, lost),
      clipTick: Number.POSITIVE_INFINITY,
      losses: { ...lost, ...this.#lostTimes(score) },
    };
    if (mostBars === Number.POSITIVE_INFINITY) return prepared;
    const clipTick = tickOfBar(mostBars, meters, lastEventTick(score, prepared), ticksPerQuarter);
    const losses = { ...prepared.losses, bars: this.#countNotesFrom(clipTick) };
    return { ...prepared, clipTick, losses, tracks: this.#clip(prepared.tracks, clipTick) };
  }

  /** Nothing is lost of what the tokenizer does not speak of at all. */
  #lostTimes({ timeSignatures, tempos }: Score): Pick<TokenLosses, 'meters' | 'tempos'> {
    const { config, meterIndex, values } = this.#tables;
    return {
      meters: config.use_time_signatures ? lostMeters(timeSignatures, meterIndex) : [],
      tempos: config.use_tempos ? countLostTempos(tempos, values.tempos) : 0,
    };
  }

  /** The grid of the tokenizer, and where time signatures are on it. */
  #layGrid(score: Score): Pick<PreparedScore, 'ticksPerQuarter' | 'scale' | 'meters'> {
    const { config, fineGrid, meterIndex, values } = this.#tables;
    const hasMeters = config.use_time_signatures;
    const fileMeters =
      hasMeters && fineGrid === undefined ? supportedMeters(score.timeSignatures, meterIndex) : COMMON_TIME;
    const finest = fileMeters.denominator.reduce((most, one) => Math.max(most, one));
    const ticksPerQuarter = fineGrid?.ticksPerQuarter ?? Math.trunc((values.positionsPerBeat * finest) / 4);
    const scale = ticksPerQuarter / score.ticksPerQuarter;
    if (!(score.endTick * scale < LARGEST_TICK)) {
      throw new MidiloomError('ticks_too_large', `the score ends at tick ${score.endTick}, too late to be tokenized`);
    }
    if (!hasMeters) return { ticksPerQuarter, scale, meters: COMMON_TIME };
    if (fineGrid === undefined) {
      return { ticksPerQuarter, scale, meters: alignMeters(resampleMeters(fileMeters, scale), ticksPerQuarter) };
    }
    const meters = alignMeters(everyMeter(score.timeSignatures, scale), ticksPerQuarter);
    return { ticksPerQuarter, scale, meters: beginAtZero(meters, config.delete_equal_successive_time_sig_changes) };
  }

  #beats(meters: Meters, ticksPerQuarter: number): readonly Section[] {
    const { config, fineGrid, values } = this.#tables;
    if (config.use_time_signatures && meters.tick.length > 0) return beatSections(meters, ticksPerQuarter);
    // Without signatures MidiTok counts beats on the grid of `beat_res`, even where times are finer.
    const finest = Math.max(...values.timeSignatures.map((meter) => meter.denominator));
    const value = fineGrid === undefined ? ticksPerQuarter : values.positionsPerBeat * Math.floor(finest / 4);
    return [{ end: Number.POSITIVE_INFINITY, value }];
  }

  #prepareTracks(
    score: Score,
    grid: Grid,
    lost: { pitch_range: number; drums_pitch_range: number; programs: number },
  ): readonly PreparedTrack[] {
    const { config, isSingleStream, programs, tokenization, values } = this.#tables;
    const notes = this.#notes;
    const tracks: PreparedTrack[] = [];
    notes.length = 0;
    for (const group of groupTracks(score.tracks, isSingleStream)) {
      if (config.use_programs && !programs.has(group.program)) {
        for (const track of group.members) lost.programs += track.notes.onset.length;
        continue;
      }
      const from = notes.length;
      const outOfRange = prepareNotes(notes, group, grid, this.#notePreparation, this.#sorter);
      if (group.isDrum) lost.drums_pitch_range += outOfRange;
      else lost.pitch_range += outOfRange;
      const pedals = config.use_sustain_pedals ? preparePedals(group, grid, this.#pedalPreparation) : NO_PEDALS;
      const pitchBends = config.use_pitch_bends ? preparePitchBends(group, grid, values.pitchBends) : NO_PITCH_BENDS;
      const controls = config.use_control_changes ? prepareControls(group, grid, values.controls) : NO_CONTROLS;
      const effects = pedals.onset.length + pitchBends.tick.length + controls.tick.length;
      if (notes.length > from || effects > 0) {
        tracks.push({ group, from, to: notes.length, pedals, pitchBends, controls });
      }
    }
    return tokenization.listsByProgram ? byProgram(tracks, programs) : tracks;
  }

  /** Tracks without the notes that begin at a tick or later, and without those before the start, which decoded ids can have. */
  #clip(tracks: readonly PreparedTrack[], clipTick: number): readonly PreparedTrack[] {
    if (clipTick === Number.POSITIVE_INFINITY) return tracks;
    const { onset } = this.#notes;
    return tracks.map((track) => {
      const { from, to } = track;
      const notes = onset.subarray(from, to);
      const [first, end] = [0, clipTick].map((least) => notes.findIndex((tick) => tick >= least));
      const at = (index = -1): number => (index < 0 ? to : from + index);
      return { ...track, from: at(first), to: at(end) };
    });
  }

  #countNotesFrom(tick: number): number {
    if (tick === Number.POSITIVE_INFINITY) return 0;
    return this.#notes.onset.subarray(0, this.#notes.length).reduce((sum, onset) => sum + (onset >= tick ? 1 : 0), 0);
  }
}

/** In order of program, and without drums whose own program is not used. */
function byProgram(tracks: readonly PreparedTrack[], programs: ReadonlySet<number>): readonly PreparedTrack[] {
  return tracks
    .filter(({ group }) => programs.has(group.members[0]?.program ?? 0))
    .sort((a, b) => a.group.program - b.group.program);
}
