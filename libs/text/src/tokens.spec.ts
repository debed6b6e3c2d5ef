import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { estimateTokens } from './tokens.js';

const prose =
  "Ada Lovelace (1815–1852) was an English mathematician, chiefly known for her work on Charles Babbage's proposed mechanical " +
  'general-purpose computer, the Analytical Engine. She was the first to recognise that the machine had applications beyond ' +
  'pure calculation. Her notes, seven in number and lettered A to G, ran to nearly three times the length of the article which ' +
  'she translated from the French of Luigi Menabrea.';

const texts: Record<string, string> = {
  chat: "I don't know, what do you think? Tell me: why did you leave school at 16? Was it hard? I'd love to hear it!",
  markdown: '# Title\n\n- First item, with *emphasis*\n- Second item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  code: 'export function kindOf(code: number) {\n  return code >= 0x30 && code <= 0x39 ? "digit" : "other";\n}',
  german: 'Die Maschine wurde im neunzehnten Jahrhundert entworfen, doch ihre Vollendung scheiterte an den Kosten. Außerdem fehlte das Geld.',
  french: 'L’élève étudiait les mathématiques à Paris, où il avait été reçu à l’École polytechnique après deux années.',
  russian: 'Машина была спроектирована в девятнадцатом веке, но её завершение оказалось невозможным.',
  arabic: 'صُممت الآلة في القرن التاسع عشر ولكنها لم تكتمل أبدًا بسبب التكلفة.',
  hindi: 'मशीन उन्नीसवीं शताब्दी में डिज़ाइन की गई थी लेकिन कभी पूरी नहीं हुई।',
  chinese: '这台机器是在十九世纪设计的，但由于成本和精度的原因，从未完成。',
  korean: '그 기계는 19세기에 설계되었지만 비용과 정밀도 때문에 완성되지 못했다.',
  numbers: '1815 1852 3.14159265 2,147,483,647 1,000,000 12:45 2024-01-01',
  emoji: '😀 great 🎉🎉 👍🏽 ok ✨',
  json: JSON.stringify({ lead: 'It is so.', items: [{ text: 'One thing [1]' }, { text: 'Two' }] }),
};

describe('estimateTokens', () => {
  it('is within 12 % of the tokenizer for English prose', () => {
    expect(Math.abs(estimateTokens(prose) / countTokens(prose) - 1)).toBeLessThan(0.12);
  });

  it.each(Object.keys(texts))('is between three quarters and one and a half of the tokenizer for %s', (name) => {
    const text = texts[name]!;
    const ratio = estimateTokens(text) / countTokens(text);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.5);
  });

  it('counts nothing in nothing', () => {
    expect(estimateTokens('')).toBe(0);
  });

  it('takes time in proportion to the length, also for what tokenizers choke on', () => {
    expect(estimateTokens('a'.repeat(2_000_000))).toBeGreaterThan(100_000);
  });
});
