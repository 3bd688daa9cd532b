/** A text as UTF-16 code units in an array that is reused: reading it is faster than reading a string. */
export class CodeUnits {
  /** Only the first `length` belong to the text. */
  units = new Uint16Array(1024);
  length = 0;

  set(text: string): void {
    if (text.length > this.units.length) this.units = new Uint16Array(2 * text.length);
    const { units } = this;
    for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
    this.length = text.length;
  }

  /** As `String.codePointAt`, but 0 past the end. */
  codePointAt(at: number): number {
    if (at >= this.length) return 0;
    const unit = this.units[at] ?? 0;
    if ((unit & 0xfc00) !== 0xd800 || at + 1 === this.length) return unit;
    const next = this.units[at + 1] ?? 0;
    return (next & 0xfc00) === 0xdc00 ? ((unit - 0xd800) << 10) + (next - 0xdc00) + 0x10000 : unit;
  }
}
