import { extractJson, extractJsonLines } from './json-transcript.js';

const read = (value: unknown) => extractJson(JSON.stringify(value));

describe('extractJson', () => {
  it.each<[string, unknown]>([
    ['a list of speaker and text', [{ speaker: 'Ann', text: 'Hello.' }, { speaker: 'Bo', text: 'Hi.' }]],
    ['messages by author', { messages: [{ author: { name: 'Ann' }, content: 'Hello.' }, { author: { name: 'Bo' }, content: [{ type: 'text', text: 'Hi.' }] }] }],
    ['a messenger export, with text in pieces', { name: 'Chat', messages: [{ from: 'Ann', text: ['Hel', { type: 'bold', text: 'lo.' }] }, { from: 'Bo', text: 'Hi.' }] }],
    ['a tree of messages', { title: 'Chat', current_node: 'c', mapping: { a: { parent: null, children: ['b'] }, b: { parent: 'a', children: ['c'], message: { author: { role: 'Ann' }, content: { parts: ['Hello.'] } } }, c: { parent: 'b', children: [], message: { author: { role: 'Bo' }, content: { parts: ['Hi.'] } } }, d: { parent: 'b', children: [], message: { author: { role: 'Bo' }, content: { parts: ['A former answer.'] } } } } }],
    ['names under "name"', [{ name: 'Ann', message: 'Hello.' }, { name: 'Bo', message: 'Hi.' }]],
    ['a wrapped transcript', { data: { transcript: [{ who: 'Ann', utterance: 'Hello.' }, { who: 'Bo', utterance: 'Hi.' }] } }],
  ])('reads %s', (_, value) => {
    expect(read(value)).toMatchObject({ markdown: 'Ann: Hello.\n\nBo: Hi.', attributes: { speakers: ['Ann', 'Bo'] } });
  });

  it('joins what a recogniser cut, by who speaks', () => {
    const segments = [
      { start: 0, end: 1, speaker: 0, text: ' The fog' },
      { start: 1, end: 2, speaker: 0, text: ' lifts.' },
      { start: 2, end: 3, speaker: 1, text: 'Yes.' },
      { start: 60, end: 61, speaker: 1, text: 'It did.' },
    ];
    expect(read({ text: 'The fog lifts. Yes. It did.', segments }).markdown).toBe('Speaker 0: The fog lifts.\n\nSpeaker 1: Yes.\n\nSpeaker 1: It did.');
  });

  it('leaves out what a program tells a program', () => {
    expect(read([{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello.' }]).markdown).toBe('User: Hello.');
  });

  it('makes records and several conversations sections', () => {
    expect(read([{ title: 'One', text: 'First.' }, { title: 'Two', body: 'Second.' }]).markdown).toBe('## One\n\nFirst.\n\n## Two\n\nSecond.');
    const conversations = [{ title: 'Monday', messages: [{ role: 'user', content: 'Hello.' }] }, { messages: [{ role: 'user', content: 'Again.' }] }];
    expect(read(conversations).markdown).toBe('## Monday\n\nUser: Hello.\n\n## Conversation 2\n\nUser: Again.');
  });

  it('says where JSON is broken', () => {
    expect(() => extractJson('[{"text": "a"},\n{"text": "b" "c"}]')).toThrow(/not valid JSON at (line 2 column 14|position 29)/);
  });
});

describe('extractJsonLines', () => {
  it('reads messages, and conversations, one in a line', () => {
    expect(extractJsonLines('{"speaker":"Ann","text":"Hello."}\n\n{"speaker":"Bo","text":"Hi."}\n').markdown).toBe('Ann: Hello.\n\nBo: Hi.');
    const line = '{"messages":[{"role":"user","content":"Hello."}]}';
    expect(extractJsonLines(`${line}\n${line}`).markdown).toBe('## Conversation 1\n\nUser: Hello.\n\n## Conversation 2\n\nUser: Hello.');
  });
});
