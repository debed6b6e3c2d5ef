import { serviceInfo, type ServiceInfo } from '@dramatis/contracts/service';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess } from '../access/access.js';
import { ServiceInfoService } from './service-info.service.js';

@ApiTags('Service')
@Controller('api/service')
export class ServiceInfoController {
  constructor(private readonly info: ServiceInfoService) {}

  @Get()
  @ApiOperation({ summary: 'Read what this installation is', description: 'Its version, and which language models answer.' })
  @ApiResponse({ status: 200, standardSchema: serviceInfo })
  read(@CurrentAccess() access: Access): Promise<ServiceInfo> {
    return this.info.read(access);
  }
}
