import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { Chooser } from './seed.js';
import { isNamed } from './topic.js';

const neutral = {
  openings: ['Here is what I can tell you.', 'Let me answer from what I know.', 'I will keep to what I know for certain.'],
  transitions: ['There is more to it.', 'Another point belongs here.', 'This should be added.', 'One thing more is worth telling.'],
  closings: ['So much I can say with confidence.', 'That is how the matter stands, as far as I know it.'],
  unknown: ['I know nothing of that, and I would not guess.', 'That lies outside what I know.', 'I have nothing certain to tell you about that.'],
  questions: ['What is your own view of {topic}?', 'What draws you to {topic}?', 'Which side of {topic} matters most to you?'],
};

/** Lines that frame what is quoted. None of them states a fact, so none carries a citation. */
const frames = {
  position: ['My position is plain, and these are my grounds.', 'I take a side here, and I give my reasons.', 'I hold to my view, and I will show why.'],
  objection: ['But the strongest objection must be heard as well.', 'However, an opponent deserves his hearing.', 'There is an objection, and I will not hide it.'],
  concession: ['But there is another side, and I admit it.', 'However, I do not claim more than the facts allow.', 'Yet fairness obliges me to add this.'],
  noObjection: [
    'You may object that I speak in my own cause. I answer that the facts remain the same, whoever tells them.',
    'It may be objected that so few facts prove little. I answer that they are few, but that they all point the same way.',
  ],
  first: ['Begin here.', 'Let us begin with this.', 'Begin with what is plainest.'],
  next: ['Then consider this.', 'Next, notice this.', 'Then add this to it.', 'Then there is this.'],
  last: ['Last of all, keep this in mind.', 'And finally, this.'],
  example: ['Take an example.', 'An example makes it plainer.', 'Consider a case.'],
  attempt: [
    'Now tell it back to me in your own words, and you will see which step is not yet firm.',
    'Try it on a case of your own, and see whether it holds.',
    'Go through the steps once more by yourself, and mark where you hesitate.',
  ],
  answered: ['I will answer first, briefly, and then ask in my turn.', 'A short answer before I put my own question.', 'You shall have my answer, and then I want yours.'],
  heard: ['What you say touches something that I know myself.', 'You bring something of my own to mind.', 'I listen with the more interest because I have met the matter myself.'],
  inReturn: ['But now let me ask you:', 'But it is your turn now:', 'Now I should like to hear you:'],
  listened: ['I have followed you with attention.', 'I listened to that with interest.', 'That I hear gladly, and it sets me thinking.'],
  fromTheBenches: ['Since you ask me, I answer in a few words.', 'You turn to your listener, so I shall be short.', 'A listener should be brief, and I will be.'],
  goOn: ['I should like to hear more of that.', 'I have nothing of my own to set beside that, so I would rather listen.', 'Pray go on; of that I know less than you.'],
  listening: ['Tell it to me as it happened; I will listen first and judge afterwards.', 'Leave nothing out, for the small things often decide.', 'Begin wherever it matters most to you.'],
  openQuestions: ['What do you make of it yourself?', 'What brought you to it?', 'Which part of it concerns you most?'],
  questionsOfNames: [
    'What is your own judgement of {topic}?',
    'What have you heard of {topic}, and from whom?',
    'What would you most like to know of {topic}?',
  ],
  limit: ['More than that I cannot tell you with certainty.', 'Beyond this I should only be guessing.', 'That is as far as my knowledge of it goes.'],
} as const;

export type Frame = keyof typeof frames;

/** The persona's own lines, or neutral ones where it has none. */
export class Voice {
  readonly address: string | null;
  private readonly used = new Set<string>();

  constructor(
    private readonly persona: PersonaVersion,
    private readonly chooser: Chooser,
    private readonly earlierReplies: readonly string[],
  ) {
    this.address = persona.voice?.address ?? null;
  }

  opening(): string {
    return this.line(this.own('openings'));
  }

  transition(): string {
    return this.line(this.own('transitions'));
  }

  closing(): string {
    return this.line(this.own('closings'));
  }

  unknown(): string {
    return this.line(this.own('unknown'));
  }

  /** A question to the other person about the topic; without a topic one that needs none. */
  question(topic: string | null): string {
    if (topic === null) return this.frame('openQuestions');
    if (isNamed(topic)) return this.frame('questionsOfNames').replaceAll('{topic}', topic);
    const own = this.own('questions').filter((line) => line.includes('{topic}'));
    return this.line(own.length > 0 ? own : neutral.questions).replaceAll('{topic}', topic);
  }

  frame(frame: Frame): string {
    return this.line(frames[frame]);
  }

  choose<T extends string>(lines: readonly T[]): string {
    return this.line(lines);
  }

  private own(kind: keyof typeof neutral): readonly string[] {
    const lines = this.persona.voice?.[kind] ?? [];
    return lines.length > 0 ? lines : neutral[kind];
  }

  private line(lines: readonly string[]): string {
    const wasSaid = (candidate: string) =>
      this.used.has(candidate) ||
      this.earlierReplies.some((reply) => candidate.split('{topic}').every((part) => reply.includes(part)));
    const line = this.chooser.pick(lines, wasSaid) ?? '';
    this.used.add(line);
    return line;
  }
}
