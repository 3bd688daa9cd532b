/** A batch that took longer than it may; its worker is ended. */
export class TimedOut extends Error {
  constructor(limitMs: number) {
    super(`no result after ${limitMs / 1000} s`);
  }
}
