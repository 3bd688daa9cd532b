import type { PlayableNotes } from '../../report/page-data.ts';
import { type Note, readNotes } from './notes.ts';
import { Synthesizer } from './synthesizer.ts';

/** Notes are handed to the audio clock this long before they sound, this often. */
const AHEAD_SECONDS = 0.4;
const TICK_MS = 100;

/**
 * Gives every pair below `root` that has notes a play button and a picture to click into; one plays at a time. The returned
 * function silences them.
 *
 * @param plays - in the order of the pairs.
 */
export function startPlayers(plays: readonly (PlayableNotes | null)[], root: ParentNode = document): () => void {
  let synthesizer: Synthesizer | undefined;
  let playing: Player | undefined;
  const start = (player: Player, from: number): void => {
    playing?.stop();
    synthesizer ??= new Synthesizer();
    playing = player;
    player.play(synthesizer, from);
  };
  root.querySelectorAll<HTMLElement>('.pair').forEach((card, at) => {
    const play = plays[at] ?? null;
    const [button, stage] = [card.querySelector<HTMLElement>('.play'), card.querySelector<HTMLElement>('.stage')];
    if (play === null || button === null || stage === null) return;
    const player = new Player(card, play);
    button.addEventListener('click', () => (player.isPlaying ? player.stop() : start(player, 0)));
    stage.addEventListener('click', (event) => {
      const { left, width } = stage.getBoundingClientRect();
      start(player, ((event.clientX - left) / width) * play.seconds);
    });
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') playing?.stop();
  };
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('keydown', onKey);
    playing?.stop();
    void synthesizer?.context.close();
  };
}

class Player {
  readonly #play: PlayableNotes;
  readonly #button: HTMLElement | null;
  readonly #cursor: HTMLElement | null;
  readonly #time: HTMLElement | null;
  readonly #name: string;
  readonly #restTime: string;
  #notes: readonly Note[] | undefined;
  #stop: (() => void) | undefined;

  constructor(card: HTMLElement, play: PlayableNotes) {
    this.#play = play;
    this.#button = card.querySelector<HTMLElement>('.play');
    this.#cursor = card.querySelector<HTMLElement>('.cursor');
    this.#time = card.querySelector<HTMLElement>('.time');
    this.#name = card.querySelector('h3')?.textContent ?? '';
    this.#restTime = this.#time?.textContent ?? '';
  }

  get isPlaying(): boolean {
    return this.#stop !== undefined;
  }

  play(synthesizer: Synthesizer, from: number): void {
    const { context } = synthesizer;
    this.#notes ??= readNotes(this.#play);
    const notes = this.#notes;
    void context.resume();
    const startedAt = context.currentTime + 0.06 - from;
    let next = notes.findIndex((note) => note.start >= from);
    if (next < 0) next = notes.length;
    const tick = (): void => {
      const now = context.currentTime - startedAt;
      for (let note = notes[next]; note !== undefined && note.start < now + AHEAD_SECONDS; note = notes[++next]) {
        synthesizer.play(note, Math.max(startedAt + note.start, context.currentTime));
      }
      this.#show(Math.max(now, from));
      if (now > this.#play.playedSeconds + 0.5) this.stop();
    };
    const timer = setInterval(tick, TICK_MS);
    this.#stop = () => {
      clearInterval(timer);
      synthesizer.silence();
    };
    this.#say('Stop');
    tick();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#say('Play');
    if (this.#cursor !== null) this.#cursor.hidden = true;
    if (this.#time !== null) this.#time.textContent = this.#restTime;
  }

  /** What the button does next, for eyes and for screen readers. */
  #say(action: 'Play' | 'Stop'): void {
    if (this.#button === null) return;
    this.#button.textContent = action;
    this.#button.setAttribute('aria-label', `${action} ${this.#name}`);
    this.#button.classList.toggle('playing', action === 'Stop');
  }

  #show(seconds: number): void {
    const shown = Math.min(seconds, this.#play.seconds);
    if (this.#cursor !== null) {
      this.#cursor.hidden = false;
      this.#cursor.style.left = `${(100 * shown) / this.#play.seconds}%`;
    }
    if (this.#time !== null) this.#time.textContent = `${clock(shown)} / ${clock(this.#play.seconds)}`;
  }
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
