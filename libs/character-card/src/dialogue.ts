export interface Exchange {
  prompt: string;
  response: string;
}

interface Speech {
  who: 'user' | 'char';
  text: string;
}

/** Asked where an example begins with the character. */
const goOn = 'Go on.';
const start = /<start>/i;

/**
 * The exchanges in a card's example dialogue: blocks that begin with `<START>`, in them lines that begin with who speaks. A block
 * that names nobody is taken as one speech of the character.
 */
export function parseDialogue(text: string, names: readonly string[]): Exchange[] {
  return text.split(start).flatMap((block) => exchangesOf(speechesOf(block, new Set(names.map((name) => name.toLowerCase())))));
}

export function writeDialogue(exchanges: readonly Exchange[]): string {
  return exchanges.map(({ prompt, response }) => `<START>\n{{user}}: ${prompt}\n{{char}}: ${response}`).join('\n');
}

function speechesOf(block: string, names: ReadonlySet<string>): Speech[] {
  const speeches: Speech[] = [];
  for (const line of block.split('\n')) {
    const speaker = speakerOf(line, names);
    const current = speeches.at(-1);
    if (speaker) speeches.push({ who: speaker.who, text: speaker.rest });
    else if (current) current.text += `\n${line}`;
    else if (line.trim() !== '') speeches.push({ who: 'char', text: line });
  }
  return speeches.map(({ who, text }) => ({ who, text: text.trim() })).filter(({ text }) => text !== '');
}

function speakerOf(line: string, names: ReadonlySet<string>): { who: Speech['who']; rest: string } | null {
  const colon = line.slice(0, 200).indexOf(':');
  if (colon < 0) return null;
  const name = line.slice(0, colon).trim().toLowerCase();
  const rest = line.slice(colon + 1);
  if (name === '{{user}}' || name === '<user>' || name === 'user' || name === 'you') return { who: 'user', rest };
  return name === '{{char}}' || name === '<bot>' || name === '<char>' || names.has(name) ? { who: 'char', rest } : null;
}

/** Each speech of the character with what was said before it; speeches that follow one another are one. */
function exchangesOf(speeches: readonly Speech[]): Exchange[] {
  const exchanges: Exchange[] = [];
  let asked: string[] = [];
  let answered: string[] = [];
  const close = () => {
    if (answered.length > 0) exchanges.push({ prompt: asked.join('\n') || goOn, response: answered.join('\n') });
  };
  for (const { who, text } of speeches) {
    if (who === 'char') answered.push(text);
    else if (answered.length === 0) asked.push(text);
    else {
      close();
      [asked, answered] = [[text], []];
    }
  }
  close();
  return exchanges;
}
