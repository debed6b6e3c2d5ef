import { Injectable, inject } from '@angular/core';
import type { UploadResult, UploadResults } from '@dramatis/contracts/source';
import { Operator } from '../../../core/operator';
import { Language } from '../../../../i18n/language';
import { Problem, problemFromResponse } from '../../../core/problem';
import { learnToSay } from '../../../core/spoken-problems';

/** Sends one file to the API and tells how far it is. */
@Injectable({ providedIn: 'root' })
export class FileSender {
  private readonly operator = inject(Operator);
  private readonly language = inject(Language);

  /**
   * @param onProgress takes the share that has been sent, 0-1
   * @throws Problem when the server took nothing; a file that it declined is a result
   */
  send(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<UploadResult> {
    return new Promise((resolve, reject) => {
      // fetch does not tell how much of a body has been sent.
      const request = new XMLHttpRequest();
      request.open('POST', '/api/admin/uploads');
      for (const [name, value] of Object.entries(this.operator.headers())) request.setRequestHeader(name, value);
      request.responseType = 'json';
      request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
        if (lengthComputable && total > 0) onProgress(loaded / total);
      });
      request.addEventListener('load', () => {
        const [result] = request.status < 300 ? (request.response as UploadResults).items : [];
        if (result) resolve(result);
        else void this.refuse(problemFromResponse(request.status, request.response), reject);
      });
      request.addEventListener('error', () => reject(new Problem('unreachable', 'The connection broke while the file was being sent.')));
      request.addEventListener('abort', () => reject(new Problem('aborted', 'It was taken off the list.')));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      const body = new FormData();
      body.append('files', file, file.name);
      request.send(body);
    });
  }

  private async refuse(problem: Problem, reject: (problem: Problem) => void): Promise<void> {
    if (problem.document) await learnToSay(this.language, problem.document);
    reject(problem);
  }
}
