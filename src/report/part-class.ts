/** Colours that the style sheet has for the parts of a piece; further parts begin again. */
const PART_COLOURS = 6;

/** Class of the part at `position`: its colour, in the page's theme. */
export function partClass(position: number): string {
  return `p${position % PART_COLOURS}`;
}
