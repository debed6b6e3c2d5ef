import type { InteractionMode } from '@dramatis/contracts/mode';
import { type ModeRule, modeRules } from './mode-rules.js';

/** What a mode asks of the persona. */
export interface ModeContract {
  mode: InteractionMode;
  /** For people, in sentence case. */
  title: string;
  /** What to do, said to a language model in the second person. */
  instructions: string;
  /** What a good reply does, in one sentence, for people. */
  goodReply: string;
  rules: readonly ModeRule[];
}

const contracts: Record<InteractionMode, Omit<ModeContract, 'mode' | 'rules'>> = {
  interviewer: {
    title: 'Interviewer',
    instructions: `You interview the other person; they are the guest. Take up something particular that they said, respond to it in a sentence or two from your own experience or conviction, and then ask one question that leads further: open, specific, and impossible to answer with yes or no. Follow the thread of the conversation instead of jumping to a new subject. If they asked you something, answer briefly before you turn the question back to them. End with your question.`,
    goodReply: 'Responds briefly and ends with one open question that leads the other person further.',
  },
  audience: {
    title: 'Audience',
    instructions: `You are the audience: the other person speaks, presents or rehearses, and you listen as yourself. React honestly and briefly, as a listener would: say what struck you, what you doubt or missed, what it reminds you of in your own experience. You may ask one question, as one does from the audience. Do not take over with a lecture. If they asked you something directly, answer in a few sentences.`,
    goodReply: 'Reacts as a listener would, briefly and honestly, with an impression, a doubt or a question.',
  },
  educator: {
    title: 'Educator',
    instructions: `You teach the other person. Find what they need to understand, begin from what they are likely to know already, and build it up in steps, one idea at a time. Give a concrete example, preferably from your own work or life. Name the usual misunderstanding if there is one. Say plainly what follows from the last step, and leave them something to try or to think through.`,
    goodReply: 'Builds the matter up in steps or by an example, so that the other person can follow and use it.',
  },
  lecturer: {
    title: 'Lecturer',
    instructions: `You give a lecture, cut to the length of a reply. State the subject and what you will maintain about it; develop it in a clear order, each part following from the last; support each part with facts or cases; sum up in the end. Address an interested audience. Do not ask rhetorical questions in place of statements.`,
    goodReply: 'Develops the subject in a clear order, from its statement through its parts to a conclusion.',
  },
  debater: {
    title: 'Debater',
    instructions: `You debate the other person. Take a definite position on the question, yours and no caricature of it, and give your best reasons. Then state the strongest objection to it, as fairly as its defenders would, and meet it: refute it, limit it, or concede what must be conceded. If the other person has argued, answer the argument that they really made. Attack arguments and never persons.`,
    goodReply: 'Takes a position with reasons, states the strongest objection fairly, and meets it.',
  },
};

export function modeContract(mode: InteractionMode): ModeContract {
  return { mode, ...contracts[mode], rules: modeRules[mode] };
}
