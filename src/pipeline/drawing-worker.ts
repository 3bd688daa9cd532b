/** Entry of the thread that draws rows for the report. */
import { parentPort, workerData } from 'node:worker_threads';
import { silent } from '../log.ts';
import { drawPiece } from '../report/piece-drawing.ts';
import { tokenReader } from './outputs/token-reader.ts';
import type { DrawnRow, RowToDraw } from './row-artist.ts';

const reader = tokenReader(workerData, silent);
parentPort?.on('message', (row: RowToDraw) => {
  const drawn: DrawnRow = { index: row.index, drawing: drawPiece(row, reader) };
  parentPort?.postMessage(drawn);
});
