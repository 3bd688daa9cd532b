import { pick } from '../pick.ts';
import { numberInWords } from './number-in-words.ts';

const namesByMeter: Readonly<Record<string, readonly string[]>> = {
  '4/4': ['common time', 'a four-beat bar', 'quadruple time'],
  '3/4': ['waltz time', 'triple time', 'a three-beat bar'],
  '6/8': ['compound duple time'],
};

/** As it stands in a sentence after "in": "4/4", "three-four time", "common time". */
export function meterInProse(meter: string, random: () => number): string {
  const words = meter
    .split('/')
    .map((part) => numberInWords(Number(part)))
    .join('-');
  const names = namesByMeter[meter] ?? [];
  const roll = random();
  if (roll < 0.2 && names.length > 0) return pick(names, random) ?? meter;
  return (
    pick([meter, meter, `${meter} time`, `${meter} time`, `${words} time`, words, `${meter} meter`], random) ?? meter
  );
}
