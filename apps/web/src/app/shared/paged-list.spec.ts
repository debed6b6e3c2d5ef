import { Problem } from '../core/problem';
import { type ListPage, PagedList, type ReadPage } from './paged-list';

interface Item {
  id: string;
  text?: string;
}

const items = (...ids: string[]): Item[] => ids.map((id) => ({ id }));
const readFrom =
  (all: Item[]): ReadPage<Item> =>
  ({ offset, limit }) =>
    Promise.resolve({ items: all.slice(offset, offset + limit), total: all.length });
const failing: ReadPage<Item> = () => Promise.reject(new Problem('unreachable', 'Out of reach.'));
const idsOf = (list: PagedList<Item>) => list.items()?.map(({ id }) => id);

/** A read whose answer the test gives when it likes. */
function deferred() {
  let answer: (page: ListPage<Item>) => void = () => {};
  let signal: AbortSignal | undefined;
  const read: ReadPage<Item> = (_range, given) => {
    signal = given;
    return new Promise((resolve) => (answer = resolve));
  };
  return { read, answer: (page: ListPage<Item>) => answer(page), aborted: () => signal?.aborted };
}

describe('PagedList', () => {
  let list: PagedList<Item>;

  beforeEach(() => {
    list = new PagedList<Item>(({ id }) => id, 2);
  });

  it('reads page after page until all are there', async () => {
    await list.open(readFrom(items('a', 'b', 'c')));
    expect(idsOf(list)).toEqual(['a', 'b']);
    expect(list.total()).toBe(3);
    expect(list.hasMore()).toBe(true);

    await list.more();
    expect(idsOf(list)).toEqual(['a', 'b', 'c']);
    expect(list.hasMore()).toBe(false);
  });

  it('shows an item once when the list moved between two pages', async () => {
    const all = items('a', 'b', 'c', 'd');
    await list.open(({ offset, limit }) => readFrom(offset === 0 ? all : [...items('new'), ...all])({ offset, limit }, new AbortController().signal));
    await list.more();
    expect(idsOf(list)).toEqual(['a', 'b', 'c']);
  });

  it('does not ask for ever when the list became shorter', async () => {
    await list.open(({ offset }) => Promise.resolve(offset === 0 ? { items: items('a', 'b'), total: 3 } : { items: [], total: 2 }));
    await list.more();
    expect(list.hasMore()).toBe(false);
  });

  it('leaves the old items standing until the next list is here', async () => {
    await list.open(readFrom(items('a')));
    const next = deferred();
    const opened = list.open(next.read);
    expect(idsOf(list)).toEqual(['a']);
    expect(list.stale()).toBe(true);

    next.answer({ items: items('b'), total: 1 });
    await opened;
    expect(idsOf(list)).toEqual(['b']);
    expect(list.stale()).toBe(false);
  });

  it('drops the answer of a list that is no longer wanted', async () => {
    const slow = deferred();
    const first = list.open(slow.read);
    await list.open(readFrom(items('wanted')));
    expect(slow.aborted()).toBe(true);

    slow.answer({ items: items('late'), total: 1 });
    await first;
    expect(idsOf(list)).toEqual(['wanted']);
  });

  it('shows the problem of a new list instead of the old items, and reads it again on retry', async () => {
    await list.open(readFrom(items('a')));
    let down = true;
    await list.open((range, signal) => (down ? failing : readFrom(items('b')))(range, signal));
    expect(list.items()).toBeNull();
    expect(list.problem()?.code).toBe('unreachable');

    down = false;
    await list.retry();
    expect(idsOf(list)).toEqual(['b']);
    expect(list.problem()).toBeNull();
  });

  it('keeps what was read when a further page fails, and goes on from there on retry', async () => {
    let down = false;
    await list.open((range, signal) => (down ? failing : readFrom(items('a', 'b', 'c')))(range, signal));
    down = true;
    await list.more();
    expect(idsOf(list)).toEqual(['a', 'b']);
    expect(list.problem()?.code).toBe('unreachable');

    down = false;
    await list.retry();
    expect(idsOf(list)).toEqual(['a', 'b', 'c']);
  });

  it('refreshes all that is shown, and keeps it when that fails', async () => {
    let all = items('a', 'b', 'c');
    let down = false;
    await list.open((range, signal) => (down ? failing : readFrom(all))(range, signal));
    await list.more();
    all = items('z', 'a', 'b');
    await list.refresh();
    expect(idsOf(list)).toEqual(['z', 'a', 'b']);

    down = true;
    await list.refresh();
    expect(idsOf(list)).toEqual(['z', 'a', 'b']);
    expect(list.problem()).toBeNull();
  });

  it('does not let an answer from before a local change undo it', async () => {
    await list.open(readFrom(items('a', 'b')));
    const again = deferred();
    let first = true;
    await list.open((range, signal) => (first ? readFrom(items('a', 'b')) : again.read)(range, signal));
    first = false;
    const refreshed = list.refresh();
    list.replace({ id: 'a', text: 'changed here' });
    again.answer({ items: items('a', 'b'), total: 2 });
    await refreshed;
    expect(list.items()?.[0]).toEqual({ id: 'a', text: 'changed here' });
  });

  it('counts down when an item is removed, and not when an unknown one is', async () => {
    await list.open(readFrom(items('a', 'b')));
    list.remove('a');
    list.remove('nobody');
    expect(idsOf(list)).toEqual(['b']);
    expect(list.total()).toBe(1);
  });
});
