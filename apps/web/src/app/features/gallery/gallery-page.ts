import { Component } from '@angular/core';

@Component({ selector: 'dr-gallery-page', template: '' })
export class GalleryPage {}
