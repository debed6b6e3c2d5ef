import { Injectable, inject } from '@angular/core';
import type { Avatar, AvatarCrop } from '@dramatis/contracts/avatar';
import type { CreatePersona, Persona, PersonaVersion, UpdatePersona } from '@dramatis/contracts/persona';
import type { PersonaDraft, SavePersonaDraft } from '@dramatis/contracts/persona-draft';
import { AdminHttp, path } from './admin-http';

/** Personas as curators write them: drafts, versions and pictures. */
@Injectable({ providedIn: 'root' })
export class PersonasApi {
  private readonly http = inject(AdminHttp);

  create(body: CreatePersona): Promise<Persona> {
    return this.http.post('/api/personas', body);
  }

  persona(personaId: string, signal?: AbortSignal): Promise<Persona> {
    return this.http.get(path`/api/personas/${personaId}`, {}, signal);
  }

  update(personaId: string, body: UpdatePersona): Promise<Persona> {
    return this.http.patch(path`/api/personas/${personaId}`, body);
  }

  archive(personaId: string): Promise<Persona> {
    return this.http.post(path`/api/personas/${personaId}/archive`);
  }

  unarchive(personaId: string): Promise<Persona> {
    return this.http.post(path`/api/personas/${personaId}/unarchive`);
  }

  /** Null where there is none. */
  draft(personaId: string, signal?: AbortSignal): Promise<PersonaDraft | null> {
    return this.http.get(path`/api/personas/${personaId}/draft`, {}, signal);
  }

  saveDraft(personaId: string, body: SavePersonaDraft): Promise<PersonaDraft> {
    return this.http.put(path`/api/personas/${personaId}/draft`, body);
  }

  publishDraft(personaId: string, ifVersion: number): Promise<Persona> {
    return this.http.post(path`/api/personas/${personaId}/draft/publish`, { ifVersion });
  }

  async discardDraft(personaId: string, ifVersion: number): Promise<void> {
    await this.http.delete(path`/api/personas/${personaId}/draft?ifVersion=${ifVersion}`);
  }

  versions(personaId: string, signal?: AbortSignal): Promise<PersonaVersion[]> {
    return this.http.get(path`/api/personas/${personaId}/versions`, {}, signal);
  }

  version(personaId: string, version: number, signal?: AbortSignal): Promise<PersonaVersion> {
    return this.http.get(path`/api/personas/${personaId}/versions/${version}`, {}, signal);
  }

  restore(personaId: string, version: number, ifVersion: number): Promise<Persona> {
    return this.http.post(path`/api/personas/${personaId}/versions/${version}/restore`, { ifVersion });
  }

  uploadAvatar(image: Blob, { x, y }: AvatarCrop): Promise<Avatar> {
    const body = new FormData();
    body.append('image', image);
    return this.http.post(path`/api/admin/avatars?x=${x}&y=${y}`, body);
  }
}
