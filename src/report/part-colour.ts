/**
 * Colours that people with any common colour blindness can tell apart: Okabe and Ito, "Color Universal Design" (2008),
 * without yellow and black, which vanish on a light or a dark page. Further parts begin again.
 */
const OKABE_ITO = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

/** Colour of the part at `position`. */
export function partColour(position: number): string {
  return OKABE_ITO[position % OKABE_ITO.length] ?? OKABE_ITO[0];
}
