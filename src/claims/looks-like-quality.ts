/** By its ending; "learn", "mute" and "nix" have none of them. */
export function looksLikeQuality(text: string): boolean {
  return (
    /(?:y|ic|al|ful|ous|ed|ing|ive|less|ish|ant|ent|like|esque|ern|ary|ble|ian|ese|alist)$/.test(text) ||
    /^\d+$/.test(text)
  );
}
