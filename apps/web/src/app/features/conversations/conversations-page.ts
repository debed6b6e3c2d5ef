import { Component } from '@angular/core';

@Component({ selector: 'dr-conversations-page', template: '' })
export class ConversationsPage {}
