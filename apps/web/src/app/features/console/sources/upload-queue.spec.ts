import { TestBed } from '@angular/core/testing';
import { eventually } from '../../../../testing/eventually';
import { FakeFileSender } from '../../../../testing/fake-console';
import { Problem } from '../../../core/problem';
import { FileSender } from './file-sender';
import { maxUploadBytes, maxUploadWords } from './limits';
import { UploadQueue } from './upload-queue';

describe('UploadQueue', () => {
  let server: FakeFileSender;
  let queue: UploadQueue;

  beforeEach(() => {
    server = new FakeFileSender();
    TestBed.configureTestingModule({ providers: [UploadQueue, { provide: FileSender, useValue: server }] });
    queue = TestBed.inject(UploadQueue);
  });

  const file = (name: string, content = 'words') => new File([content], name);
  const states = () => queue.items().map(({ state }) => state);

  it('sends three files side by side, and the next when one is through', async () => {
    queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
    server.accept('b');
    await eventually(() => expect(states()).toEqual(['sending', 'done', 'sending', 'sending']));
    expect(queue.underWay()).toBe(3);
    expect(queue.done().map(({ fileName }) => fileName)).toEqual(['b']);
  });

  it('tells how far each is', () => {
    queue.add([file('a')]);
    server.of('a').progress(0.4);
    expect(queue.items()[0]?.share).toBe(0.4);
  });

  it('goes on with the others when one is declined, and says why', async () => {
    queue.add([file('good.txt'), file('bad.bin')]);
    server.decline('bad.bin', 'This kind of file is not taken.');
    server.accept('good.txt');
    await eventually(() => expect(states()).toEqual(['done', 'failed']));
    expect(queue.items()[1]).toMatchObject({ reason: 'This kind of file is not taken.', again: false });
  });

  it('offers to send a file again that was lost on the way', async () => {
    queue.add([file('a')]);
    server.of('a').fail(new Problem('unreachable', 'The connection broke.'));
    await eventually(() => expect(queue.items()[0]).toMatchObject({ state: 'failed', again: true }));
    queue.retry(queue.items()[0]!.key);
    server.accept('a');
    await eventually(() => expect(states()).toEqual(['done']));
  });

  it('does not send what is known to be refused', () => {
    const large = file('large.pdf');
    Object.defineProperty(large, 'size', { value: maxUploadBytes + 1 });
    queue.add([file('empty.txt', ''), large]);
    expect(states()).toEqual(['failed', 'failed']);
    expect(queue.items().map(({ reason }) => reason)).toEqual(['The file is empty.', expect.stringContaining(`at most ${maxUploadWords} are taken. Split it into parts.`)]);
    expect(server.sent).toEqual([]);
  });

  it('stops sending what is taken off the list', () => {
    queue.add([file('a')]);
    queue.remove(queue.items()[0]!.key);
    expect(server.of('a').signal.aborted).toBe(true);
    expect(queue.items()).toEqual([]);
  });
});
