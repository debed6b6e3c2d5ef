import { Module } from '@nestjs/common';
import { TurnsModule } from '../turns/turns.module.js';
import { TurnEventsController } from './turn-events.controller.js';
import { TurnEventsGateway } from './turn-events.gateway.js';
import { TurnSubscriptions } from './turn-subscriptions.js';

@Module({
  imports: [TurnsModule],
  controllers: [TurnEventsController],
  providers: [TurnSubscriptions, TurnEventsGateway],
})
export class TurnEventsModule {}
