import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import { TickSorter } from '../tick-sorter.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { lastEventTick, tickOfBar } from './clip-tick.ts';
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
import { NO_PEDALS, preparePedals } from './prepare-pedals.ts';
import { NO_PITCH_BENDS, preparePitchBends } from './prepare-pitch-bends.ts';
import { NO_TEMPOS, prepareTempos } from './prepare-tempos.ts';
import type { PreparedScore, PreparedTrack } from './prepared-score.ts';
import { beatSections, gridFactors, type Section } from './sections.ts';
import { NoteSorter } from './sort-notes.ts';
import { groupTracks, type TrackGroup } from './track-groups.ts';

/** Larger ticks do not fit the arrays, nor symusic. */
const LARGEST_TICK = 2 ** 31 - 1;

/** What lies under a score: the ticks of its beats, and how its times are rounded where they change. */
interface Grid {
  readonly beats: readonly Section[];
  readonly factors: readonly Section[];
  readonly rounding: GridRounding;
}

/** Memory that serves one score after the other; a prepared score is valid until the next is prepared. */
export class ScorePreparer {
  readonly #tables: TokenizerTables;
  readonly #notes = new NoteList();
  readonly #sorter = new NoteSorter(new TickSorter());

  constructor(tables: TokenizerTables) {
    this.#tables = tables;
  }

  /**
   * Resamples, merges, filters and bins a score in MidiTok's order (../shared/MIDITOK.md 4).
   * @throws MidiloomError `ticks_too_large`, `too_many_time_signatures`: for scores that are no music.
   */
  prepare(score: Score): PreparedScore {
    const { config, values, mostBars } = this.#tables;
    const { ticksPerQuarter, scale, meters } = this.#layGrid(score);
    const grid = {
      beats: this.#beats(meters, ticksPerQuarter),
      factors: gridFactors(meters, ticksPerQuarter, values.positionsPerBeat),
      rounding: config.miditok === '3.1.0' ? gridRounding : gridRoundingBefore31,
    };
    const { tracks, ...losses } = this.#prepareTracks(score, scale, grid);
    const prepared = {
      ticksPerQuarter,
      scale,
      meters,
      tempos: config.use_tempos ? prepareTempos(score.tempos, scale, { ...grid, ...this.#tables.tempos }) : NO_TEMPOS,
      keys: config.use_key_signatures ? prepareKeys(score.keySignatures, scale, grid) : NO_KEYS,
      beats: grid.beats,
      notes: this.#notes,
      tracks,
    };
    const clipTick =
      mostBars === Number.POSITIVE_INFINITY
        ? mostBars
        : tickOfBar(mostBars, meters, lastEventTick(score, prepared), ticksPerQuarter);
    return {
      ...prepared,
      tracks: this.#clip(tracks, clipTick),
      clipTick,
      losses: { ...losses, bars: this.#countNotesFrom(clipTick) },
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

  #prepareTracks(score: Score, scale: number, grid: Grid) {
    const { config, isSingleStream, programs, tokenization } = this.#tables;
    const how = this.#notePreparation(grid);
    const notes = this.#notes;
    const tracks: PreparedTrack[] = [];
    const lost = { pitch_range: 0, drums_pitch_range: 0, programs: 0 };
    notes.length = 0;
    for (const group of groupTracks(score.tracks, isSingleStream)) {
      const inFile = group.members.reduce((sum, track) => sum + track.notes.onset.length, 0);
      if (config.use_programs && !programs.has(group.program)) {
        lost.programs += inFile;
        continue;
      }
      const from = notes.length;
      lost[group.isDrum ? 'drums_pitch_range' : 'pitch_range'] += prepareNotes(notes, group, scale, how, this.#sorter);
      const { pedals, pitchBends, controls } = this.#prepareEffects(group, scale, grid);
      const isEmpty =
        notes.length === from && pedals.onset.length + pitchBends.tick.length + controls.tick.length === 0;
      if (!isEmpty) tracks.push({ group, from, to: notes.length, pedals, pitchBends, controls });
    }
    return { tracks: tokenization.listsByProgram ? byProgram(tracks, programs) : tracks, ...lost };
  }

  #prepareEffects(
    group: TrackGroup,
    scale: number,
    grid: Grid,
  ): Pick<PreparedTrack, 'pedals' | 'pitchBends' | 'controls'> {
    const { config, durations, fineGrid, values } = this.#tables;
    const hasDurations = config.sustain_pedal_duration;
    return {
      pedals: config.use_sustain_pedals
        ? preparePedals(group, scale, {
            ...grid,
            hasDurations,
            durations: hasDurations && fineGrid === undefined ? durations : undefined,
          })
        : NO_PEDALS,
      pitchBends: config.use_pitch_bends ? preparePitchBends(group, scale, grid, values.pitchBends) : NO_PITCH_BENDS,
      controls: config.use_control_changes
        ? prepareControls(group, scale, { ...grid, values: values.controls })
        : NO_CONTROLS,
    };
  }

  #notePreparation(grid: Grid): NotePreparation {
    const { config, nearestVelocity, durations, durationPrograms, hasNoteOffs, fineGrid } = this.#tables;
    return {
      ...grid,
      pitchRange: config.pitch_range,
      drumPitchRange: config.use_pitchdrum_tokens ? config.drums_pitch_range : config.pitch_range,
      nearestVelocity,
      durations,
      durationPrograms,
      lengths: hasNoteOffs ? 'ends' : fineGrid === undefined ? 'tokens' : 'fine',
      removeDuplicates: config.remove_duplicated_notes,
    };
  }

  /** Tracks without the notes that begin at a tick or later. */
  #clip(tracks: readonly PreparedTrack[], clipTick: number): readonly PreparedTrack[] {
    if (clipTick === Number.POSITIVE_INFINITY) return tracks;
    const { onset } = this.#notes;
    return tracks.map((track) => {
      const notes = onset.subarray(track.from, track.to);
      const first = notes.findIndex((tick) => tick >= clipTick);
      return first < 0 ? track : { ...track, to: track.from + first };
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
