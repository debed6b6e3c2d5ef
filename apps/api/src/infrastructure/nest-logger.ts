import { Injectable } from '@nestjs/common';
import { Logger as NestPinoLogger } from 'nestjs-pino';

/** Parts of Nest that report each module and route when the process starts. */
const chatter = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'WebSocketsController', 'NestApplication']);

/** Nest's log into ours, with the framework's report of itself at debug level. */
@Injectable()
export class NestLogger extends NestPinoLogger {
  override log(message: unknown, ...optional: unknown[]): void {
    const isChatter = chatter.has(String(optional.at(-1)));
    if (isChatter) super.debug(message, ...optional);
    else super.log(message, ...optional);
  }
}
