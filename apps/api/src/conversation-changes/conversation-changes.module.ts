import { Module } from '@nestjs/common';
import { ConversationChanges } from './conversation-changes.js';
import { ConversationChangesGateway } from './conversation-changes.gateway.js';

@Module({
  providers: [ConversationChanges, ConversationChangesGateway],
  exports: [ConversationChanges],
})
export class ConversationChangesModule {}
