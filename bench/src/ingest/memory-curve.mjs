import { say } from '../environment.mjs';
import { median, round, slope } from '../statistics.mjs';

const megabyte = 2 ** 20;
/** How often the memory is said while it is measured. */
const parts = 10;

/** The memory of a process over the documents that it has done. */
export class MemoryCurve {
  #samples = [];
  #said = 0;

  constructor(documents, readBytes) {
    this.documents = documents;
    this.readBytes = readBytes;
  }

  async sample(done) {
    const megabytes = (await this.readBytes()) / megabyte;
    this.#samples.push([done, megabytes]);
    if (done < ((this.#said + 1) * this.documents) / parts) return;
    this.#said = Math.floor((done * parts) / this.documents);
    say(`${done} documents, ${Math.round(megabytes)} MB`);
  }

  /** The peak, and whether it grows: what counts is the second half, when everything has been used once. */
  figures(mostMegabytes) {
    const peak = Math.max(...this.#samples.map(([, megabytes]) => megabytes));
    const quarter = (number) => this.#samples.filter(([done]) => done > (this.documents * (number - 1)) / 4 && done <= (this.documents * number) / 4);
    const settled = this.#samples.filter(([done]) => done > this.documents / 2);
    const inQuarters = [1, 2, 3, 4].flatMap((number) => {
      const samples = quarter(number).map(([, megabytes]) => megabytes);
      return samples.length === 0 ? [] : [{ name: `ingestion worker, memory in quarter ${number}, median`, value: round(median(samples), 0), unit: 'MB' }];
    });
    return [
      { name: 'ingestion worker, memory at its peak', value: round(peak, 0), unit: 'MB', target: { atMost: mostMegabytes } },
      ...inQuarters,
      ...(settled.length < 3 ? [] : [{ name: 'ingestion worker, growth in the second half', value: round(slope(settled) * 1_000), unit: 'MB per 1,000 documents' }]),
    ];
  }
}
