import { detectLanguage } from './language.js';

const english = 'The voyage taught me to observe patiently and to write down every observation on the same day, before the memory of it faded.';

describe('detectLanguage', () => {
  it.each([
    ['en', english],
    ['fr', "Je suis arrivée à Paris au mois de décembre, et j'ai vu passer le roi dans une voiture, qui se rendait à son procès."],
    ['de', 'Die Reise lehrte mich, geduldig zu beobachten und jede Beobachtung noch am selben Tag niederzuschreiben.'],
    ['es', 'El viaje me enseñó a observar con paciencia y a escribir cada observación el mismo día en que la hacía.'],
    ['it', 'Il viaggio mi ha insegnato a osservare con pazienza e a scrivere ogni osservazione nello stesso giorno.'],
    ['pt', 'A viagem ensinou-me a observar com paciência e a anotar todas as observações no mesmo dia em que eram feitas.'],
    ['nl', 'De reis leerde mij geduldig waar te nemen en elke waarneming nog dezelfde dag op te schrijven.'],
    ['sv', 'Resan lärde mig att iaktta tålmodigt och att skriva ned varje iakttagelse samma dag som den gjordes.'],
    ['pl', 'Podróż nauczyła mnie cierpliwie obserwować i zapisywać każdą obserwację jeszcze tego samego dnia.'],
    ['ru', 'Путешествие научило меня терпеливо наблюдать и записывать каждое наблюдение в тот же самый день.'],
    ['uk', 'Подорож навчила мене терпляче спостерігати й записувати кожне спостереження того самого дня.'],
    ['el', 'Το ταξίδι με δίδαξε να παρατηρώ υπομονετικά και να γράφω κάθε παρατήρηση την ίδια μέρα.'],
    ['ja', '航海は私に、辛抱強く観察し、その日のうちにすべての観察を書き留めることを教えてくれた。'],
    ['zh', '这次航行教会我耐心观察，并在当天写下每一个观察结果。'],
    ['ar', 'علمتني الرحلة أن أراقب بصبر وأن أكتب كل ملاحظة في اليوم نفسه.'],
  ])('knows %s', (language, text) => {
    const detected = detectLanguage(text);
    expect(detected.language).toBe(language);
    expect(detected.confidence).toBeGreaterThan(0.2);
  });

  it.each([[''], ['42'], ['OK.'], ['2026-01-01 12:00:00; 3.14; 2.72 — 100 % '.repeat(50)], ['🙂'.repeat(500)]])('does not guess at %j', (text) => {
    expect(detectLanguage(text)).toEqual({ language: 'und', confidence: 0 });
  });

  it('is surer of more text', () => {
    expect(detectLanguage(english.slice(0, 40)).confidence).toBeLessThan(detectLanguage(english.repeat(5)).confidence);
    expect(detectLanguage(english.repeat(5)).confidence).toBe(1);
  });

  it('sees past a notice in another language', () => {
    const notice = 'Dieses Dokument wurde maschinell erfasst und darf zu allen Zwecken frei verwendet werden. ';
    expect(detectLanguage(notice.repeat(5) + english.repeat(40)).language).toBe('en');
  });

  it('reads only some of a long text', () => {
    expect(detectLanguage(english.repeat(80_000)).language).toBe('en');
    expect(detectLanguage('x'.repeat(200_000)).confidence).toBeLessThanOrEqual(1);
  });
});
