import { Controller, Get, Logger, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { Dependencies, type Dependency } from './dependencies.js';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly dependencies: Dependencies,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers', description: 'Looks at no other server.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary: 'Whether the API can serve, with each server it rests on',
    description: 'Not ready without MongoDB. Without another it is degraded: turns wait, caches miss, replies are ungrounded.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthCheckResult> {
    try {
      return await this.health.check(this.dependencies.all.map((dependency) => () => this.indicate(dependency)));
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      // Probes and their readers know Terminus' report, and need it most when something is down.
      response.status(503);
      return error.getResponse() as HealthCheckResult;
    }
  }

  private async indicate({ name, essential, check }: Dependency): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await check();
      return indicator.up();
    } catch (error) {
      // The reason may hold an address with a password in it: it goes to the log alone.
      this.logger.debug({ err: error, dependency: name }, 'dependency is out of reach');
      return essential ? indicator.down('out of reach') : indicator.degraded('out of reach');
    }
  }
}
