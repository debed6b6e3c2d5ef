/** What the benchmarks ask, of whom, in which mode and format: every seeded persona, and answers of different length. */
export const questions = [
  ['ada-lovelace', 'What is the Analytical Engine, and how does it differ from the Difference Engine?'],
  ['charles-darwin', 'Why did you wait so long before you published your theory?'],
  ['marcus-aurelius', 'How should one deal with difficult people in the morning?'],
  ['mary-wollstonecraft', 'Why should girls be educated together with boys?'],
  ['ada-lovelace', 'Can the engine originate anything by itself?'],
  ['charles-darwin', 'What did you observe about the finches and tortoises of the Galapagos?'],
  ['marcus-aurelius', 'What did the plague do to the empire?'],
  ['mary-wollstonecraft', 'What did you see in Paris during the Revolution?'],
];

/** Turns of one conversation before the next one begins, so that histories are as long as people's are. */
export const turnsPerConversation = 4;
