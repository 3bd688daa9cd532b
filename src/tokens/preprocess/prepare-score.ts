import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import { TickSorter } from '../tick-sorter.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { lastEventTick, tickOfBar } from './clip-tick.ts';
import { alignMeters, COMMON_TIME, type Meters, resampleMeters, supportedMeters } from './meters.ts';
import { NoteList } from './note-list.ts';
import { type NotePreparation, prepareNotes } from './prepare-notes.ts';
import { NO_PEDALS, type PreparedPedals, preparePedals } from './prepare-pedals.ts';
import { NO_PITCH_BENDS, type PreparedPitchBends, preparePitchBends } from './prepare-pitch-bends.ts';
import { type PreparedTempos, prepareTempos } from './prepare-tempos.ts';
import { beatSections, gridFactors, type Section } from './sections.ts';
import { NoteSorter } from './sort-notes.ts';
import { groupTracks, type TrackGroup } from './track-groups.ts';

/** A score on the grid of the tokenizer: all that is left to do is to say it in tokens. */
export interface PreparedScore {
  readonly ticksPerQuarter: number;
  /** Ticks of this score for one of the file. */
  readonly scale: number;
  readonly meters: Meters;
  readonly tempos: PreparedTempos | undefined;
  /** Ticks of a beat, stretch by stretch. */
  readonly beats: readonly Section[];
  readonly notes: NoteList;
  readonly tracks: readonly PreparedTrack[];
  /** What starts here or later is left out, because the tokenizer has no tokens for so many bars. */
  readonly clipTick: number;
}

export interface PreparedTrack {
  readonly group: TrackGroup;
  /** Its notes are those of the list from `from` to `to`. */
  readonly from: number;
  readonly to: number;
  readonly pedals: PreparedPedals;
  readonly pitchBends: PreparedPitchBends;
}

/** Larger ticks do not fit the arrays, nor symusic. */
const LARGEST_TICK = 2 ** 31 - 1;

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
    const { config, meterIndex, values } = this.#tables;
    const fileMeters = config.use_time_signatures ? supportedMeters(score.timeSignatures, meterIndex) : COMMON_TIME;
    const finest = config.use_time_signatures ? fileMeters.denominator.reduce((most, one) => Math.max(most, one)) : 4;
    const ticksPerQuarter = Math.trunc((values.positionsPerBeat * finest) / 4);
    const scale = ticksPerQuarter / score.ticksPerQuarter;
    if (!(score.endTick * scale < LARGEST_TICK)) {
      throw new MidiloomError('ticks_too_large', `the score ends at tick ${score.endTick}, too late to be tokenized`);
    }
    const meters = config.use_time_signatures
      ? alignMeters(resampleMeters(fileMeters, scale), ticksPerQuarter)
      : COMMON_TIME;
    const beats = beatSections(meters, ticksPerQuarter);
    const factors = gridFactors(meters, ticksPerQuarter, values.positionsPerBeat);
    const prepared = {
      ticksPerQuarter,
      scale,
      meters,
      tempos: config.use_tempos ? prepareTempos(score.tempos, scale, this.#tempoPreparation(factors)) : undefined,
      beats,
      notes: this.#notes,
      tracks: this.#prepareTracks(score, scale, beats, factors),
    };
    const bars = config.max_bar_embedding;
    if (bars === null) return { ...prepared, clipTick: Number.POSITIVE_INFINITY };
    return { ...prepared, clipTick: tickOfBar(bars, meters, lastEventTick(score, prepared), ticksPerQuarter) };
  }

  #prepareTracks(
    score: Score,
    scale: number,
    beats: readonly Section[],
    factors: readonly Section[],
  ): readonly PreparedTrack[] {
    const { config, isSingleStream, programs, values } = this.#tables;
    const how = this.#notePreparation(beats, factors);
    const notes = this.#notes;
    const tracks: PreparedTrack[] = [];
    notes.length = 0;
    for (const group of groupTracks(score.tracks, isSingleStream)) {
      if (config.use_programs && !programs.has(group.program)) continue;
      const from = notes.length;
      prepareNotes(notes, group, scale, how, this.#sorter);
      const pedals = config.use_sustain_pedals ? preparePedals(group, scale, factors) : NO_PEDALS;
      const pitchBends = config.use_pitch_bends
        ? preparePitchBends(group, scale, factors, values.pitchBends)
        : NO_PITCH_BENDS;
      const isEmpty = notes.length === from && pedals.onset.length === 0 && pitchBends.tick.length === 0;
      if (!isEmpty) tracks.push({ group, from, to: notes.length, pedals, pitchBends });
    }
    return tracks;
  }

  #notePreparation(beats: readonly Section[], factors: readonly Section[]): NotePreparation {
    const { config, nearestVelocity, durations } = this.#tables;
    return {
      pitchRange: config.pitch_range,
      drumPitchRange: config.drums_pitch_range,
      nearestVelocity,
      factors,
      beatSections: beats,
      durations: config.tokenization === 'MIDILike' || config.tokenization === 'PerTok' ? undefined : durations,
      removeDuplicates: config.remove_duplicated_notes,
    };
  }

  #tempoPreparation(factors: readonly Section[]) {
    const { config, tempoMicroseconds, values } = this.#tables;
    return {
      microseconds: tempoMicroseconds,
      defaultBin: values.defaultTempo,
      factors,
      removeEqual: config.delete_equal_successive_tempo_changes,
    };
  }
}
