import { problemFor } from '@dramatis/contracts/errors';
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
    const key = ({ 400: 'invalid_request.no_http', 408: 'invalid_request.took_too_long', 431: 'invalid_request.headers_too_long' } as const)[status];
    const body = JSON.stringify({ ...problemFor('invalid_request', key), status });
    socket.end(
      `HTTP/1.1 ${status} ${statusText[status]}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
