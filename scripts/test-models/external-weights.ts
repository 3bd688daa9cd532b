/** Weights that are to lie in a file beside an ONNX file ("external data"), one behind the other. */
export class ExternalWeights {
  readonly parts: Uint8Array[] = [];
  #sizeBytes = 0;

  /** @param location - the file, relative to the folder of the ONNX file; any name is legal. */
  constructor(readonly location: string) {}

  /** Adds a tensor's bytes and returns where they begin. */
  add(bytes: Uint8Array): number {
    const offset = this.#sizeBytes;
    this.parts.push(bytes);
    this.#sizeBytes += bytes.length;
    return offset;
  }
}
