const functionWords =
  "a about above after again against all almost alone along already also although always am among an and another any anybody anyone anything are aren't " +
  "around as at away back be became because become becomes been before behind being below between both but by came can can't cannot come could couldn't " +
  "did didn't do does doesn't doing don't done down during each either else enough etc even ever every everybody everyone everything few for from further " +
  "get gets getting give given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll her here hers herself him himself his how " +
  "however i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll its itself just keep kept lot lots made make makes making many may maybe me mean might mine " +
  'more most much must my myself neither never no nobody none nor not nothing now nowhere of off often oh ok okay on once one only onto or other others ' +
  "otherwise our ours ourselves out over own per perhaps put quite rather really said same say says see seem seemed seems seen shall she she'd she'll should " +
  "shouldn't since so some somebody somehow someone something sometimes somewhere still such than that the their theirs them themselves then there therefore " +
  "these they they'd they'll they're they've thing things this those though through thus to together too toward towards under until up upon us use used very via was wasn't " +
  "way ways we we'd we'll we're we've well went were weren't what whatever when whenever where wherever whether which while who whoever whole whom whose why will " +
  "with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself";

/** What a question says to its listener, rather than about its subject. */
const askingWords =
  'ask asked tell told explain describe discuss talk talking speak speaking know knew known think thought feel felt believe please thank thanks hello hi hey ' +
  'question questions answer answers let want wanted like liked';

const stopWords: ReadonlySet<string> = new Set(`${functionWords} ${askingWords}`.split(' '));

/** Whether a folded word (lower case, no accents, straight apostrophe) says nothing about a text's subject. */
export function isStopWord(folded: string): boolean {
  return stopWords.has(folded);
}
