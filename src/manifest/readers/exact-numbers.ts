const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.eE+-]*/g;
const NON_ZERO_DIGIT = /^-?[0.]*[1-9]/;

/**
 * The text of a JSON value with every number that JavaScript cannot hold as a string: integers that would lose digits,
 * what is beyond the largest number, what would become 0. Decimals are doubles, as everywhere.
 */
export function withExactNumbers(json: string): string {
  return json.replace(TOKEN, (token) => (token.startsWith('"') || isHeld(token) ? token : `"${token}"`));
}

function isHeld(token: string): boolean {
  const value = Number(token);
  if (Number.isNaN(value)) return true; // No number: the parser says so.
  if (!Number.isFinite(value)) return false;
  if (value === 0) return !NON_ZERO_DIGIT.test(token.split(/[eE]/, 1)[0] ?? '');
  // Many digits are held where the same are written again.
  return /[.eE]/.test(token) || String(value) === token || BigInt(token) === BigInt(value);
}
