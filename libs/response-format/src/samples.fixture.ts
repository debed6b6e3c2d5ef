import type { ResponseFormat } from '@dramatis/contracts/format';

/** Replies that satisfy their format, with every kind of mark in them. */
export const samples: Record<ResponseFormat, string> = {
  bullet_points: `Let me take your points *in order*, as briefly as I can. [2]

- First, **individuals** of the same species vary. [1]
- Secondly, more young are born than can survive [1][3].
- A pair of \`elephants\` would fill a country - given time.

What would you add?`,
  essay: `# The Slow Work of Worms

Worms make mould by *swallowing* earth and leaves. [1]

They bury stones, as I measured at Stonehenge in 1877. [2][3]

## What follows

A little labour, repeated **every** night, amounts to a great labour.`,
  socratic_dialogue: `**Interlocutor:** Can the engine think?

**Ada Lovelace:** What do you mean by *thinking*? The engine follows orders. [1]

It carries an analysis to its end.

**Interlocutor:** A machine may surprise its maker.

**Ada Lovelace:** Surprise measures **our** foresight [2]. And what have you foreseen?`,
  qa: `**Q:** What is a fringing reef?
**A:** A reef that grows close to the shore. [1]

**Q:** And an atoll?
**A:** A ring of coral around a lagoon. [1][2]

It has no high land within it.

---

All three are stages of **one** process.`,
  free: `I did not *invent* the engine. [1]

> The store holds numbers.

1. Cards
2. Wheels

\`\`\`
mill
\`\`\`

Would **you** have built it?`,
};

export const personaName = 'Ada Lovelace';
