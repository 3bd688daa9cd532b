/**
 * A number of a JSON file as the `tokenizers` library reads it: serde_json divides the digits by a power of ten, which
 * rounds twice where there are more digits than a float has, so that one in ten scores is off by its last bit. Of two ways
 * to cut a word that are as probable the other one can be the better for it.
 */
export function asSerdeReads(value: number): number {
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  const digits = Number(whole + fraction);
  // Powers as literals: `10 ** 25` is not the float nearest to it.
  const scaled = power < 0 ? divided(digits, -power) : digits * Number(`1e${power}`);
  return value < 0 ? -scaled : scaled;
}

function divided(value: number, power: number): number {
  return power > 308 ? divided(value / 1e308, power - 308) : value / Number(`1e${power}`);
}
