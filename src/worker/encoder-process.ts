/** Entry of the encoder process. It lives as long as the channel to its parent. */
import { codeOf, messageOf } from '../errors.ts';
import { createEncoder } from './create-encoder.ts';
import { createTextProcessor } from './process-text.ts';
import type { FromEncoder, ToEncoder } from './text-messages.ts';

// A terminal sends its signals to the whole process group; the parent drains, and this process ends with it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());

process.once('message', async (message: ToEncoder) => {
  if (message.type !== 'start') return;
  try {
    const encoder = await createEncoder(message.settings.encoder);
    serve(createTextProcessor(message.settings, encoder));
    send({ type: 'ready' });
  } catch (error) {
    send({ type: 'refused', code: codeOf(error) ?? 'text_encoder_unavailable', error: messageOf(error) });
  }
});

function serve(processText: ReturnType<typeof createTextProcessor>): void {
  process.on('message', async (message: ToEncoder) => {
    if (message.type !== 'encode') return;
    send({ type: 'result', id: message.id, result: await processText(message.jobs) });
  });
}

function send(message: FromEncoder): void {
  process.send?.(message);
}
