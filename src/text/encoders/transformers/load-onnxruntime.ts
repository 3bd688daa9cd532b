/**
 * The runtime, without its telemetry: where this variable is not set before it is loaded, onnxruntime 1.30 gives the user an identifier
 * (`~/.cache/Microsoft/DeveloperTools/.onnxruntime`), keeps a record of its use, leaves `.ses` and `mat-debug-….log` in the temporary
 * folder, and sends what it recorded to mobile.events.data.microsoft.com.
 */
export function loadOnnxruntime(): Promise<typeof import('onnxruntime-node')> {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  return import('onnxruntime-node');
}
