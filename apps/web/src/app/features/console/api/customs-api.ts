import { Injectable, inject } from '@angular/core';
import type { CreateCustomFormat, CustomFormat, CustomFormatList, CustomFormatVersion, TryFormat, UpdateCustomFormat } from '@dramatis/contracts/custom-format';
import type { CreateCustomMode, CustomMode, CustomModeList, CustomModeVersion, TryMode, UpdateCustomMode } from '@dramatis/contracts/custom-mode';
import type { StartedTrial } from '@dramatis/contracts/custom-trial';
import { AdminHttp, path } from './admin-http';

/** Modes and formats of the installation's own, as curators write them. */
@Injectable({ providedIn: 'root' })
export class CustomsApi {
  private readonly http = inject(AdminHttp);

  modes(signal?: AbortSignal): Promise<CustomModeList> {
    return this.http.get('/api/admin/modes', {}, signal);
  }

  mode(modeId: string, signal?: AbortSignal): Promise<CustomMode> {
    return this.http.get(path`/api/admin/modes/${modeId}`, {}, signal);
  }

  modeVersions(modeId: string, signal?: AbortSignal): Promise<CustomModeVersion[]> {
    return this.http.get(path`/api/admin/modes/${modeId}/versions`, {}, signal);
  }

  createMode(body: CreateCustomMode): Promise<CustomMode> {
    return this.http.post('/api/admin/modes', body);
  }

  updateMode(modeId: string, body: UpdateCustomMode): Promise<CustomMode> {
    return this.http.patch(path`/api/admin/modes/${modeId}`, body);
  }

  tryMode(body: TryMode): Promise<StartedTrial> {
    return this.http.post('/api/admin/modes/try', body);
  }

  formats(signal?: AbortSignal): Promise<CustomFormatList> {
    return this.http.get('/api/admin/formats', {}, signal);
  }

  format(formatId: string, signal?: AbortSignal): Promise<CustomFormat> {
    return this.http.get(path`/api/admin/formats/${formatId}`, {}, signal);
  }

  formatVersions(formatId: string, signal?: AbortSignal): Promise<CustomFormatVersion[]> {
    return this.http.get(path`/api/admin/formats/${formatId}/versions`, {}, signal);
  }

  createFormat(body: CreateCustomFormat): Promise<CustomFormat> {
    return this.http.post('/api/admin/formats', body);
  }

  updateFormat(formatId: string, body: UpdateCustomFormat): Promise<CustomFormat> {
    return this.http.patch(path`/api/admin/formats/${formatId}`, body);
  }

  tryFormat(body: TryFormat): Promise<StartedTrial> {
    return this.http.post('/api/admin/formats/try', body);
  }
}
