import { Component } from '@angular/core';

@Component({ selector: 'dr-persona-page', template: '' })
export class PersonaPage {}
