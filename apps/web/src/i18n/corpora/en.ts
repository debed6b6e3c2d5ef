/** The list of personas and their corpora. */
export default {
  whatEachPersonaKnowsAndWhatIs: 'What each persona knows, and what is being taken in.',
  newPersona: 'New persona',
  searchThePersonas: 'Search the personas',
  nameSubjectOrTrait: 'Name, subject or trait',
  thePersonasCannotBeShown: 'The personas cannot be shown.',
  lastChange: 'Last change',
  running: 'Running',
  noOneOfThatDescription: 'No one of that description.',
  noPersonaHasItInNameSubjects: 'No persona has it in name, subjects or traits.',
  anEmptyStage: 'An empty stage.',
  makeAPersonaThenGiveItSources: 'Make a persona, then give it sources to know.',
};
