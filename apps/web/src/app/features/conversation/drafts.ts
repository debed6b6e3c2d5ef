import { Injectable, inject } from '@angular/core';
import { BrowserStorage } from '../../core/browser-storage';

/** A message on its way: kept until the server took it, so that neither a crash nor a reload loses it. */
export interface OutgoingMessage {
  requestId: string;
  text: string;
  /** For a message that takes the place of another one: the turn that both follow, null at the beginning. */
  inPlaceAfter?: string | null;
}

/** What is being written, per conversation, across reloads. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly storage = inject(BrowserStorage);

  read(conversationId: string): string {
    return this.text(`draft.${conversationId}`) ?? '';
  }

  write(conversationId: string, text: string): void {
    if (text === '') this.storage.remove(`draft.${conversationId}`);
    else this.storage.write(`draft.${conversationId}`, text);
  }

  /** A message that is being written anew, by the request that brought it; null where it is not. */
  readEdit(requestId: string): string | null {
    return this.text(`edit.${requestId}`);
  }

  writeEdit(requestId: string, text: string): void {
    this.storage.write(`edit.${requestId}`, text);
  }

  dropEdit(requestId: string): void {
    this.storage.remove(`edit.${requestId}`);
  }

  /** Messages on their way, in the order of sending. */
  outgoing(conversationId: string): readonly OutgoingMessage[] {
    return this.storage.read(`outgoing.${conversationId}`, isOutgoing) ?? [];
  }

  keepOutgoing(conversationId: string, message: OutgoingMessage): void {
    this.setOutgoing(conversationId, [...this.outgoing(conversationId), message]);
  }

  dropOutgoing(conversationId: string, requestId: string): void {
    this.setOutgoing(conversationId, this.outgoing(conversationId).filter((message) => message.requestId !== requestId));
  }

  private setOutgoing(conversationId: string, messages: readonly OutgoingMessage[]): void {
    if (messages.length > 0) this.storage.write(`outgoing.${conversationId}`, messages);
    else this.storage.remove(`outgoing.${conversationId}`);
  }

  private text(key: string): string | null {
    return this.storage.read(key, (value) => typeof value === 'string');
  }
}

function isOutgoing(value: unknown): value is OutgoingMessage[] {
  if (!Array.isArray(value)) return false;
  return value.every((message: Partial<OutgoingMessage> | null) => typeof message?.requestId === 'string' && typeof message.text === 'string');
}
