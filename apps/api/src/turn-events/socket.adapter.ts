import { IoAdapter } from '@nestjs/platform-socket.io';
import type { INestApplicationContext } from '@nestjs/common';
import type { Server, ServerOptions } from 'socket.io';
import { SocketAccess } from '../access/socket-access.js';
import { isAllowedOrigin } from '../http/same-origin.js';

/** Clients send ids and numbers; whoever sends more than this loses the connection. */
const maxFrameBytes = 64 * 1024;

/** Socket.IO on the API's own port, open to pages of this site and of the public origins only; who opens a socket, and what they may say, is found out there. */
export class SocketAdapter extends IoAdapter {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly publicOrigins: readonly string[],
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: maxFrameBytes,
      connectTimeout: 10_000,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      perMessageDeflate: false,
      cors: { origin: [...this.publicOrigins], credentials: true },
      allowRequest: (request, respond) => respond(null, isAllowedOrigin(request, this.publicOrigins)),
    } as ServerOptions);
    this.app.get(SocketAccess).protect(server);
    return server;
  }
}
