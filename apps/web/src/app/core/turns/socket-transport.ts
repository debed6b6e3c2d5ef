import { Injectable, effect, inject, untracked } from '@angular/core';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { ConversationChanged, conversationSocketEvents } from '@dramatis/contracts/conversation-event';
import type { TurnEvent, TurnSubscribe, socketEvents } from '@dramatis/contracts/turn-event';
import type { Socket } from 'socket.io-client';
import { Language } from '../../../i18n/language';
import { Operator } from '../operator';
import { isProblemDocument, problemOf } from '../problem';
import { learnToSay } from '../spoken-problems';
import type { TurnEventListener, TurnEventTransport } from './turn-events-port';

// Spelt out, checked against the contracts: importing their values would bring every schema into the page.
const names: typeof socketEvents = { subscribe: 'turn:subscribe', unsubscribe: 'turn:unsubscribe', event: 'turn:event' };
const conversationNames: typeof conversationSocketEvents = { watch: 'conversation:watch', unwatch: 'conversation:unwatch', changed: 'conversation:changed' };
const acknowledgementTimeoutMs = 8_000;

/** Turn events over one Socket.IO connection, made when first needed and shared by all subscriptions. */
@Injectable({ providedIn: 'root' })
export class SocketTransport implements TurnEventTransport {
  readonly name = 'socket';
  private readonly language = inject(Language);
  private readonly operator = inject(Operator);
  private socket: Promise<Socket> | null = null;

  constructor() {
    effect(() => {
      this.operator.token();
      untracked(() => this.openAgain());
    });
  }

  prepare(): void {
    // What fails here fails again, and is told, when a turn is followed.
    this.connect().catch(() => undefined);
  }

  subscribe(turnId: string, after: number, listener: TurnEventListener): () => void {
    let ended = false;
    let detach = (): void => undefined;
    const once = (tell: () => void): void => {
      if (ended) return;
      end();
      tell();
    };
    const end = (): void => {
      ended = true;
      detach();
    };

    void this.connect().then(
      (socket) => {
        if (ended) return;
        const onEvent = (event: TurnEvent): void => {
          if (event.turnId === turnId) listener.event(event);
        };
        const onDisconnect = (): void => once(() => listener.lost());
        const open = (): void => {
          const request: TurnSubscribe = { turnId, after };
          socket.timeout(acknowledgementTimeoutMs).emit(names.subscribe, request, (error: Error | null, answer: unknown) => {
            if (error) once(() => listener.lost());
            else if (isRefusal(answer)) {
              const problem = problemOf(answer.problem);
              void learnToSay(this.language, answer.problem).then(() => {
                once(() => (problem.passing ? listener.lost() : listener.refused(problem)));
                // The socket speaks for the session with which it was opened; the next one speaks for the present session.
                socket.disconnect();
              });
            } else if (!ended) listener.opened();
          });
        };
        socket.on(names.event, onEvent);
        socket.on('disconnect', onDisconnect);
        socket.on('connect_error', onDisconnect);
        detach = () => {
          socket.off(names.event, onEvent);
          socket.off('disconnect', onDisconnect);
          socket.off('connect_error', onDisconnect);
          socket.off('connect', open);
          if (socket.connected) socket.emit(names.unsubscribe, { turnId });
          // Where no socket gets through, it does not go on trying for nobody.
          else if (!socket.hasListeners(names.event)) socket.disconnect();
        };
        if (socket.connected) open();
        else {
          socket.once('connect', open);
          if (!socket.active) socket.connect();
        }
      },
      () => once(() => listener.lost()),
    );
    return end;
  }

  /** Rides on the connection that turns need; it makes none by itself. */
  watchConversation(conversationId: string, changed: () => void): () => void {
    let ended = false;
    let end = (): void => undefined;
    void this.connect().then(
      (socket) => {
        if (ended) return;
        let watchedBefore = false;
        const watch = (): void => {
          socket.emit(conversationNames.watch, { conversationId });
          // While the connection was away, nobody told of anything.
          if (watchedBefore) changed();
          watchedBefore = true;
        };
        const onChanged = (change: ConversationChanged): void => {
          if (change.conversationId === conversationId) changed();
        };
        socket.on('connect', watch);
        socket.on(conversationNames.changed, onChanged);
        if (socket.connected) watch();
        end = () => {
          socket.off('connect', watch);
          socket.off(conversationNames.changed, onChanged);
          if (socket.connected) socket.emit(conversationNames.unwatch, { conversationId });
        };
      },
      () => undefined,
    );
    return () => {
      ended = true;
      end();
    };
  }

  /** An open connection speaks for whoever opened it: when an operator comes or goes, it is made anew. */
  private openAgain(): void {
    void this.socket?.then(
      (socket) => socket.connected && socket.disconnect().connect(),
      () => undefined,
    );
  }

  /** Previews are for curators, whom an operator's token makes of a guest. */
  private credentials(): { token?: string } {
    const token = this.operator.token();
    return token === null ? {} : { token };
  }

  private connect(): Promise<Socket> {
    this.socket ??= import('socket.io-client').then(
      ({ io }) => io({ transports: ['websocket', 'polling'], auth: (give) => give(this.credentials()), reconnectionDelay: 500, reconnectionDelayMax: 5_000, timeout: 6_000 }),
      (error: unknown) => {
        this.socket = null;
        throw error;
      },
    );
    return this.socket;
  }
}

/** The acknowledgement of a request that the server declined. */
function isRefusal(answer: unknown): answer is { ok: false; problem: ProblemDocument } {
  return typeof answer === 'object' && answer !== null && 'problem' in answer && isProblemDocument(answer.problem);
}
