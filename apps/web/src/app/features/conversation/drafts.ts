import { Injectable, inject } from '@angular/core';
import { BrowserStorage } from '../../core/browser-storage';

/** A message on its way: kept until the server took it, so that neither a crash nor a reload loses it. */
export interface OutgoingMessage {
  requestId: string;
  text: string;
}

/** What is being written, per conversation, across reloads. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly storage = inject(BrowserStorage);

  read(conversationId: string): string {
    return this.storage.read(`draft.${conversationId}`, (value) => typeof value === 'string') ?? '';
  }

  write(conversationId: string, text: string): void {
    if (text === '') this.storage.remove(`draft.${conversationId}`);
    else this.storage.write(`draft.${conversationId}`, text);
  }

  readOutgoing(conversationId: string): OutgoingMessage | null {
    return this.storage.read(`outgoing.${conversationId}`, isOutgoing);
  }

  writeOutgoing(conversationId: string, message: OutgoingMessage | null): void {
    if (message) this.storage.write(`outgoing.${conversationId}`, message);
    else this.storage.remove(`outgoing.${conversationId}`);
  }
}

function isOutgoing(value: unknown): value is OutgoingMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { requestId, text } = value as Record<string, unknown>;
  return typeof requestId === 'string' && typeof text === 'string';
}
