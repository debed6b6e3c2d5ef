import { Component } from '@angular/core';

@Component({ selector: 'dr-conversation-page', template: '' })
export class ConversationPage {}
