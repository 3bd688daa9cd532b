import { Peer } from '../python.ts';
import type { ConfigCase, TokenizationName } from './random-config.ts';

/** What MidiTok made of a configuration: the file it saved, loaded again. */
export interface MadeTokenizer {
  /** The text of its `tokenizer.json`. */
  readonly saved: string;
  /** The text of the options in it that are not the defaults. */
  readonly short: string;
  readonly vocabulary: Readonly<Record<string, number>> | readonly Readonly<Record<string, number>>[];
  readonly single: boolean;
}

export interface Refusal {
  readonly refused: string;
  /** The text of the `tokenizer.json` that there would have been. */
  readonly draft?: string;
}

/** `unreadable`: symusic does not read the file. */
export type EncodeAnswer =
  | { readonly streams: readonly (readonly (number | readonly number[])[])[] }
  | { readonly unreadable: string }
  | Refusal;

export type DecodeAnswer = ScoreRows | Refusal;

/** A score as rows of numbers. */
export interface ScoreRows {
  readonly ticksPerQuarter: number;
  readonly tempos: readonly (readonly number[])[];
  readonly meters: readonly (readonly number[])[];
  readonly keys: readonly (readonly number[])[];
  readonly tracks: readonly TrackRows[];
}

export interface TrackRows {
  readonly program: number;
  readonly isDrum: boolean;
  readonly name: string;
  readonly notes: readonly (readonly number[])[];
  readonly controls: readonly (readonly number[])[];
  readonly bends: readonly (readonly number[])[];
  readonly pedals: readonly (readonly number[])[];
}

/** The real MidiTok in a process of its own; `encode` and `decode` are of the tokenizer made last. */
export class MidiTok {
  readonly #peer = new Peer('miditok/peer.py');

  async make({ tokenization, options }: ConfigCase): Promise<MadeTokenizer | Refusal> {
    return (await this.#peer.ask({ do: 'tokenizer', tokenization, options })) as MadeTokenizer | Refusal;
  }

  async load(tokenization: TokenizationName, saved: string): Promise<MadeTokenizer | Refusal> {
    return (await this.#peer.ask({ do: 'tokenizer', tokenization, saved })) as MadeTokenizer | Refusal;
  }

  async train(
    { tokenization, options }: ConfigCase,
    model: string | object,
    vocabularySize: number,
    files: readonly Uint8Array[],
    trainerArguments: object = {},
  ): Promise<MadeTokenizer | Refusal> {
    const question = {
      do: 'train',
      tokenization,
      options,
      model,
      vocab_size: vocabularySize,
      arguments: trainerArguments,
      files: files.map(base64),
    };
    return (await this.#peer.ask(question)) as MadeTokenizer | Refusal;
  }

  async encode(files: readonly Uint8Array[]): Promise<readonly EncodeAnswer[]> {
    return (await this.#peer.ask({ do: 'encode', files: files.map(base64) })) as readonly EncodeAnswer[];
  }

  /** Of each sequence the ids of its streams, rows of compound tokens as lists. */
  async decode(
    sequences: readonly (readonly (readonly (number | readonly number[])[])[])[],
  ): Promise<readonly DecodeAnswer[]> {
    return (await this.#peer.ask({ do: 'decode', sequences })) as readonly DecodeAnswer[];
  }

  /** The ids of the scores that `decode` gives. */
  async again(
    sequences: readonly (readonly (readonly (number | readonly number[])[])[])[],
  ): Promise<readonly EncodeAnswer[]> {
    return (await this.#peer.ask({ do: 'again', sequences })) as readonly EncodeAnswer[];
  }

  end(): Promise<void> {
    return this.#peer.end();
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
