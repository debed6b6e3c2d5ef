/**
 * Words that people use for one another when they ask. The built-in model matches words, not meanings: with these, a
 * question about a "wife" finds a sentence about a "marriage". Each line is one family; some words belong to several.
 */
const families = `
born birth childhood
die died death dead dying
wife husband marry married marriage wedding spouse wed
child children son sons daughter daughters baby
parent parents father mother family
brother sister sibling siblings
ill illness sick sickness disease health unwell physician physicians
book books publish published publication write wrote written writing author
school schooling education educated educate teach taught teacher tutor tutors learn learnt learned study studied lessons student
delay delayed wait waited postpone postponed kept back slow late
friend friends friendship companion
enemy enemies opponent opponents critic critics criticism
invent invented invention inventor design designed designer create created
job work career profession occupation earn earned
money debt debts income wealth poor rich paid pay salary cost
god gods religion religious faith belief christian christians christianity church providence
mistake mistakes error errors wrong fault faults failure failed misconception misconceptions mistaken
travel travels travelled journey voyage trip tour sail sailed
house home live lived
war wars battle army fight fought soldiers military
evolve evolution evolved transmutation modification descent
proof prove evidence
objection objections object against difficulty difficulties critic criticism
think thinking thought reason mind
machine machines engine engines computer computers
program programme programming programs code instruct instructions cards
angry anger rage temper insult insults
calm peace tranquillity
fear afraid
slave slaves slavery enslaved
king emperor ruler rule ruled reign throne power
heir successor succession succeed
letter letters correspondence
begin began beginning start started origin
end ended finish finished unfinished completed abandoned last
habit habits routine daily day morning practice
love loved lover affection attachment
animal animals species creature creatures
plant plants botany flower flowers
earthworm earthworms worm worms
woman women female girl girls lady ladies wife
man men male boy boys
law laws legal court
revolution revolutionary
picture portrait painting painter
music musical melody harmony composition compose composed
math maths mathematics mathematical mathematician algebra calculus
science scientific
gadget device machine
advice counsel
happy happiness content
sad grief sorrow grieve mourn
trust confidence
plague epidemic pestilence
ape apes monkey monkeys gorilla chimpanzee
human humans man mankind humanity
daydream imagination imaginative
`;

export const wordFamilies: readonly string[][] = families
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
