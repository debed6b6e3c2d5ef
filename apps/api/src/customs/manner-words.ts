import type { Localised } from '@dramatis/contracts/custom-definition';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';

/** How something is called, in the words of the interface. */
export interface MannerWords {
  label: Localised;
  /** As it stands after “as” or “in”. */
  phrase: Localised;
  description: Localised;
}

export const modeWords: Record<InteractionMode, MannerWords> = {
  interviewer: {
    label: { en: 'Interviewer', de: 'Interview' },
    phrase: { en: 'an interviewer', de: 'Interviewer' },
    description: { en: 'Asks you, and follows up on what you say', de: 'Befragt Sie und geht auf Ihre Antworten ein' },
  },
  audience: {
    label: { en: 'Audience', de: 'Publikum' },
    phrase: { en: 'an audience', de: 'Publikum' },
    description: { en: 'Listens to you and answers briefly', de: 'Hört Ihnen zu und antwortet kurz' },
  },
  educator: {
    label: { en: 'Educator', de: 'Lehrer' },
    phrase: { en: 'an educator', de: 'Lehrer' },
    description: { en: 'Explains step by step, with examples', de: 'Erklärt Schritt für Schritt, mit Beispielen' },
  },
  lecturer: {
    label: { en: 'Lecturer', de: 'Vortrag' },
    phrase: { en: 'a lecturer', de: 'Vortragender' },
    description: { en: 'Develops a subject in order', de: 'Entwickelt ein Thema der Reihe nach' },
  },
  debater: {
    label: { en: 'Debater', de: 'Debatte' },
    phrase: { en: 'a debater', de: 'Debattierender' },
    description: { en: 'Takes a side and meets your objections', de: 'Bezieht Stellung und begegnet Ihren Einwänden' },
  },
};

export const formatWords: Record<ResponseFormat, MannerWords> = {
  bullet_points: {
    label: { en: 'Bullet points', de: 'Stichpunkte' },
    phrase: { en: 'bullet points', de: 'Stichpunkten' },
    description: { en: 'A list, one thought to a line', de: 'Eine Liste, ein Gedanke je Zeile' },
  },
  essay: {
    label: { en: 'Essay', de: 'Essay' },
    phrase: { en: 'an essay', de: 'einem Essay' },
    description: { en: 'A title, paragraphs and sections', de: 'Titel, Absätze und Abschnitte' },
  },
  socratic_dialogue: {
    label: { en: 'Socratic dialogue', de: 'Sokratischer Dialog' },
    phrase: { en: 'a Socratic dialogue', de: 'einem sokratischen Dialog' },
    description: { en: 'Speech and reply, ending in an open question', de: 'Rede und Gegenrede mit offener Schlussfrage' },
  },
  qa: {
    label: { en: 'Questions and answers', de: 'Fragen und Antworten' },
    phrase: { en: 'questions and answers', de: 'Fragen und Antworten' },
    description: { en: 'Pairs of question and answer', de: 'Paare aus Frage und Antwort' },
  },
  free: {
    label: { en: 'Free conversation', de: 'Freies Gespräch' },
    phrase: { en: 'free conversation', de: 'freiem Gespräch' },
    description: { en: 'As one speaks', de: 'Wie man spricht' },
  },
};
