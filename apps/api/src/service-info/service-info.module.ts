import { Module } from '@nestjs/common';
import { ServiceInfoController } from './service-info.controller.js';
import { ServiceInfoService } from './service-info.service.js';

@Module({ controllers: [ServiceInfoController], providers: [ServiceInfoService], exports: [ServiceInfoService] })
export class ServiceInfoModule {}
