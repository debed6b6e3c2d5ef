import { searchQuery } from './search-query.js';

const history = [{ userText: 'Who taught you?' }, { userText: 'What did you think of the engine?' }];

describe('searchQuery', () => {
  it.each(['And why?', 'Why?', 'Tell me more.', 'What happened to it then?', 'Did he agree?', 'What about music?', 'Yes, please', 'Go on'])(
    'puts the message before in front of %j',
    (message) => {
      expect(searchQuery(message, history)).toBe(`What did you think of the engine?\n${message}`);
    },
  );

  it.each(['Who was your father?', 'How are coral reefs made?', 'Did Charles Babbage agree with your Notes on it?', 'What is natural selection?'])(
    'leaves %j as it is',
    (message) => {
      expect(searchQuery(message, history)).toBe(message);
    },
  );

  it('leaves the first message of a conversation as it is', () => {
    expect(searchQuery('And why?', [])).toBe('And why?');
  });

  it('cuts what is long', () => {
    expect(searchQuery('word '.repeat(1_600), history)).toHaveLength(2_000);
  });
});
