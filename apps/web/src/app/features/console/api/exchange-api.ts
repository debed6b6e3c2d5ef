import { Injectable, inject } from '@angular/core';
import type { ImportedPersona, PersonaExportKind, PersonaExportState, PersonaImportPreview } from '@dramatis/contracts/persona-import';
import { AdminHttp, path } from './admin-http';

/** Personas from and for other programs and installations. */
@Injectable({ providedIn: 'root' })
export class ExchangeApi {
  private readonly http = inject(AdminHttp);

  /** What the file would become. */
  preview(file: File, signal?: AbortSignal): Promise<PersonaImportPreview> {
    return this.http.post('/api/personas/import?dryRun=true', formOf(file), signal);
  }

  /** Makes the draft. Repeated with the same id, it makes no second one. */
  import(file: File, { requestId, knowledge }: { requestId: string; knowledge: boolean }): Promise<ImportedPersona> {
    return this.http.post(path`/api/personas/import?requestId=${requestId}&knowledge=${String(knowledge)}`, formOf(file));
  }

  export(personaId: string, as: PersonaExportKind, { state, objects }: { state: PersonaExportState; objects: boolean }): Promise<Blob> {
    return this.http.file(path`/api/personas/${personaId}/export?as=${as}&state=${state}&objects=${String(objects)}`);
  }
}

function formOf(file: File): FormData {
  const body = new FormData();
  body.append('file', file, file.name);
  return body;
}
