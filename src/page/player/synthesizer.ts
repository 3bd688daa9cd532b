import type { Note } from './notes.ts';
import { voiceOf } from './voices.ts';

const NOISE_SECONDS = 0.5;
/** Drums by General MIDI key: skins that fall in pitch, and noises above a frequency. */
const KICKS: ReadonlySet<number> = new Set([35, 36]);
const TOMS: ReadonlySet<number> = new Set([41, 43, 45, 47, 48, 50, 60, 61, 62, 63, 64, 65, 66]);
const CYMBALS: ReadonlySet<number> = new Set([46, 49, 51, 52, 53, 55, 57, 59]);

/** Turns notes into sound with Web Audio; nothing is downloaded. */
export class Synthesizer {
  readonly context = new AudioContext();
  readonly #noise: AudioBuffer;
  #output: GainNode;

  constructor() {
    const samples = this.context.sampleRate * NOISE_SECONDS;
    this.#noise = this.context.createBuffer(1, samples, this.context.sampleRate);
    const channel = this.#noise.getChannelData(0);
    for (let at = 0; at < samples; at++) channel[at] = Math.random() * 2 - 1;
    this.#output = this.#newOutput();
  }

  /** @param at - when, by the context's clock. */
  play(note: Note, at: number): void {
    if (note.program < 0) this.#drum(note, at);
    else this.#tone(note, at);
  }

  /** Silences everything, also what is yet to sound. */
  silence(): void {
    this.#output.disconnect();
    this.#output = this.#newOutput();
  }

  #newOutput(): GainNode {
    const output = this.context.createGain();
    output.gain.value = 0.22;
    const limiter = this.context.createDynamicsCompressor();
    output.connect(limiter).connect(this.context.destination);
    return output;
  }

  #tone({ pitch, velocity, length, program }: Note, at: number): void {
    const voice = voiceOf(program);
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const oscillator = new OscillatorNode(this.context, { type: voice.wave, frequency });
    const filter = new BiquadFilterNode(this.context, {
      type: 'lowpass',
      frequency: Math.min(frequency * voice.brightness, 16_000),
    });
    const loudness = new GainNode(this.context, { gain: 0 });
    const peak = voice.loudness * (velocity / 127) ** 1.5;
    const end = at + Math.max(length, voice.attack);
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(peak, at + voice.attack);
    if (voice.decay > 0) loudness.gain.setTargetAtTime(0, at + voice.attack, voice.decay);
    loudness.gain.setTargetAtTime(0, end, voice.release / 3);
    oscillator.connect(filter).connect(loudness).connect(this.#output);
    oscillator.start(at);
    oscillator.stop(end + voice.release);
  }

  #drum({ pitch, velocity }: Note, at: number): void {
    const peak = (velocity / 127) ** 1.5;
    if (KICKS.has(pitch)) this.#skin(at, 130, 0.22, 1.6 * peak);
    else if (TOMS.has(pitch)) this.#skin(at, 70 + 5 * (pitch - 40), 0.28, peak);
    else if (CYMBALS.has(pitch)) this.#hiss(at, 6000, 0.4, 0.3 * peak);
    else if (pitch === 38 || pitch === 40 || pitch === 39) {
      this.#hiss(at, 1400, 0.16, 0.7 * peak);
      this.#skin(at, 220, 0.1, 0.5 * peak);
    } else this.#hiss(at, 8000, 0.06, 0.35 * peak);
  }

  #skin(at: number, frequency: number, seconds: number, peak: number): void {
    const oscillator = new OscillatorNode(this.context, { type: 'sine', frequency });
    oscillator.frequency.setValueAtTime(frequency, at);
    oscillator.frequency.exponentialRampToValueAtTime(frequency / 2.6, at + seconds);
    oscillator.connect(this.#fading(at, seconds, peak)).connect(this.#output);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }

  #hiss(at: number, above: number, seconds: number, peak: number): void {
    const source = new AudioBufferSourceNode(this.context, { buffer: this.#noise });
    const filter = new BiquadFilterNode(this.context, { type: 'highpass', frequency: above });
    source
      .connect(filter)
      .connect(this.#fading(at, seconds, peak))
      .connect(this.#output);
    source.start(at);
    source.stop(at + seconds);
  }

  #fading(at: number, seconds: number, peak: number): GainNode {
    const loudness = new GainNode(this.context, { gain: 0 });
    loudness.gain.setValueAtTime(Math.max(peak, 1e-3), at);
    loudness.gain.exponentialRampToValueAtTime(1e-3, at + seconds);
    return loudness;
  }
}
