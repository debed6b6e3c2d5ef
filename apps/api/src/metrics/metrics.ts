import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the API measures of itself, in Prometheus' terms. Labels are routes and codes, never ids. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requestSeconds = new Histogram({
    name: 'dramatis_api_request_duration_seconds',
    help: 'Time to the end of the answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  readonly turnsStarted = new Counter({
    name: 'dramatis_api_turns_started_total',
    help: 'Turns that were stored, by whether the workflow service took them at once.',
    labelNames: ['queued'] as const,
    registers: [this.registry],
  });

  readonly followers = new Gauge({
    name: 'dramatis_api_turn_followers',
    help: 'Readers that follow a turn now, by way.',
    labelNames: ['way'] as const,
    registers: [this.registry],
  });

  readonly limitsReached = new Counter({
    name: 'dramatis_api_limits_reached_total',
    help: 'Requests that were refused since a limit was reached, by limit.',
    labelNames: ['limit'] as const,
    registers: [this.registry],
  });

  readonly limitsPassedOver = new Counter({
    name: 'dramatis_api_limits_passed_over_total',
    help: 'Requests that were let through uncounted since Redis was out of reach, by limit.',
    labelNames: ['limit'] as const,
    registers: [this.registry],
  });

  readonly passwordChecks = new Counter({
    name: 'dramatis_api_password_checks_total',
    help: 'Passwords that were checked, by whether they were right; many wrong ones are somebody who guesses.',
    labelNames: ['matched'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Middleware that times every request but the event streams, which last as long as a reply. */
  readonly observeRequest = (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
      if (response.getHeader('Content-Type')?.toString().startsWith('text/event-stream')) return;
      this.requestSeconds.observe({ method: request.method, route, status: response.statusCode }, (performance.now() - startedAt) / 1_000);
    });
    next();
  };
}
