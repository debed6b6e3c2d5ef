import { toProblem } from '@dramatis/contracts/errors';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const statusText: Record<number, string> = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

/** Answers what is no HTTP, or has too large headers, with a problem document too: such requests reach no route. */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    const detail = {
      400: 'The request is not valid HTTP.',
      408: 'The request took too long to arrive.',
      431: 'The address and headers of the request are too long.',
    }[status];
    const body = JSON.stringify({ ...toProblem('invalid_request', detail), status });
    socket.end(
      `HTTP/1.1 ${status} ${statusText[status]}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
