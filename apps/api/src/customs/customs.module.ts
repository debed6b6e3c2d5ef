import { Module } from '@nestjs/common';
import { CustomFormatsController } from './custom-formats.controller.js';
import { CustomModesController } from './custom-modes.controller.js';
import { CustomsOffered } from './customs-offered.js';
import { MannersController } from './manners.controller.js';

@Module({ controllers: [MannersController, CustomModesController, CustomFormatsController], providers: [CustomsOffered], exports: [CustomsOffered] })
export class CustomsModule {}
