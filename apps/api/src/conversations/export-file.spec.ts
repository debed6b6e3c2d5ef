import { fileHeaders } from './export-file.js';

const disposition = (title: string) => fileHeaders(title, 'markdown')['Content-Disposition'];

describe('fileHeaders', () => {
  it('names the file after the conversation', () => {
    expect(disposition('What is the Engine?')).toBe(`attachment; filename="What-is-the-Engine.md"; filename*=UTF-8''What-is-the-Engine.md`);
  });

  it('keeps other scripts where they can be said', () => {
    expect(disposition('解析機関')).toBe(`attachment; filename="conversation.md"; filename*=UTF-8''${encodeURIComponent('解析機関')}.md`);
  });

  it('cuts a long name between letters, also of those that take two units', () => {
    const letter = '\u{20000}';
    expect(disposition(`a${letter.repeat(100)}`)).toContain(`filename*=UTF-8''a${encodeURIComponent(letter.repeat(79))}.md`);
  });

  it.each(['"; filename="evil.exe', '../../etc/passwd', '\r\nSet-Cookie: x=1', '…'])('lets nothing of %p be more than a name', (title) => {
    expect(disposition(title)).toMatch(/^attachment; filename="[\w-]+\.md"; filename\*=UTF-8''[\w%-]+\.md$/);
  });
});
