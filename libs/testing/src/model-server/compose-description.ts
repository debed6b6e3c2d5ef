import type { ModelRequest } from './wire-format.js';

/** Made of what it is asked about, so that tests can tell whose description it is: the first words of each part. */
export function composeDescription({ messages }: ModelRequest, fields: readonly string[]): unknown {
  const prompt = messages.at(-1)?.content ?? '';
  const parts = (element: string) => [...prompt.matchAll(new RegExp(`<${element}-\\w+(?: number="(\\d+)")?[^>]*>\\n([\\s\\S]*?)\\n</${element}-`, 'g'))];
  if (fields.includes('passages')) {
    const passages = parts('passage').map(([, number, text]) => ({ passage: Number(number), text: text ?? '' }));
    return {
      summary: [`It tells of ${opening(passages[0]?.text ?? '')}.`],
      passages: passages.map(({ passage, text }) => ({ passage, questions: [`What is told of ${opening(text)}?`] })),
    };
  }
  const summaries = parts('summary').map(([, , text]) => text ?? '');
  const questions = parts('questions').flatMap(([, , text]) => (text ?? '').split('\n'));
  return { summary: [`All in all, ${summaries.length} parts, beginning with ${opening(summaries[0] ?? '')}.`], questions: questions.slice(0, 6) };
}

function opening(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, '').trim().split(/\s+/).slice(0, 6).join(' ').toLowerCase();
}
