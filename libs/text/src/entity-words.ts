const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const maleTitles = words('mr sir lord king emperor prince duke earl baron count father brother uncle monsieur pope bishop abbé don herr');
export const femaleTitles = words('mrs miss ms lady queen empress princess duchess countess baroness mother sister aunt madame mademoiselle mme mlle frau');
const otherTitles = words('dr prof professor captain capt colonel col general gen admiral lieutenant lt major maj sergeant saint judge president senator governor rev reverend hon dean professor');
/** Titles without which a name is the same name. The others tell Lord Byron from Lady Byron. */
export const plainTitles = words('mr mrs ms miss dr prof professor captain capt colonel col general gen admiral lieutenant lt major maj sergeant rev reverend hon uncle aunt sir president governor senator brother sister');

export function isTitle(word: string): boolean {
  return maleTitles.has(word) || femaleTitles.has(word) || otherTitles.has(word);
}

/** What a person is called before the name: "my uncle Josiah Wedgwood", "the painter Henry Fuseli". */
export const personNouns = words(
  'father mother brother sister son daughter uncle aunt cousin husband wife friend tutor teacher governess servant pupil poet painter writer author publisher printer engineer ' +
    'mathematician philosopher naturalist botanist geologist zoologist astronomer physician doctor surgeon general emperor king queen governor senator consul orator historian sculptor ' +
    'banker merchant minister lawyer freedman slave grandson granddaughter grandfather grandmother nephew niece widow colleague correspondent anatomist breeder captain officer commander ' +
    'economist physicist chemist biologist scientist inventor composer musician actor actress critic editor professor novelist reformer',
);
export const personVerbs = words(
  'said says wrote writes told tells taught asked answered replied thought believed argued married died lived loved hated met spoke read knew ' +
    'agreed insisted refused objected recommended admired encouraged urged advised introduced praised warned confessed quarrelled ' +
    'himself herself who whose whom translated painted sang resigned commanded invited persuaded apologised corresponded lectured',
);

export const placeHeads = words(
  'river island islands isles sea ocean lake cape mount mountains mountain hills valley bay gulf straits strait street road square park gardens house hall abbey castle palace county ' +
    'coast desert plain plains forest bridge harbour port city town village green court lane archipelago peninsula province hill villa court common crescent glen combe churchyard indies',
);
/** What a place stands after: "the coasts of X", "king of X". */
export const placeNouns = words(
  'coast coasts plain plains city town village capital king queen emperor governor island islands province provinces shore shores river mountains mountain north south east west ' +
    'port valley streets parish people inhabitants kings peninsula isle court legate bishop prefect plateau cliffs hills forests university bay mouth citizens near',
);
export const placePrepositions: ReadonlyMap<string, number> = new Map([['in', 1], ['at', 0.8], ['near', 1], ['into', 0.8], ['across', 0.6], ['from', 0.4], ['to', 0.25], ['towards', 0.4], ['through', 0.3], ['via', 1], ['around', 0.3], ['outside', 0.8], ['throughout', 1]]);

export const organisationHeads = words(
  'society university college academy institution institute museum company press church parliament senate committee club association ministry navy army office school schools ' +
    'council board bank union league party corporation foundation hospital library observatory convention assembly congress legion guard treasury commission department exchequer',
);
export const workHeads = words(
  'principles origin descent vindication essay memoir memoirs letters history thoughts journal narrative meditations treatise review reflections elements dialogues notes voyage expression ' +
    'view sketch stories story novel poems ode tale discourses handbook encyclopaedia encyclopedia dictionary magazine gazette times emile bible monograph lectures fiction view formation variation rights wrongs enquiry inquiry residence vindications',
);
export const eventHeads = words('war wars revolution battle treaty siege terror congress exhibition festival games reform act peace');
/** Words that "of" joins to what follows, within one name. */
export const joinedByOf = words(
  'university king queen emperor empress prince princess duke duchess earl countess count baron baroness marquis bishop archbishop cape isle gulf straits bay house bank order church college ' +
    'battle treaty republic kingdom temple academy museum sea board court lord lady duc maid tower city vindication principles origin descent voyage letters history elements thoughts reflections rights ' +
    'memoirs view progress wrongs expression variation formation essay institute department society science sketch wealth inquiry age school bridge house wrongs fertilisation fertilization power education action stories',
);
export const particles = words('de del della di da du la le les van von der den ter y al bin ibn');
/** Words that, capitalised alone, name a faith, a people, a rank or a direction rather than something that can be looked up. */
export const neverAlone = words(
  'god christ sunday latin greek greeks christian christians christianity english englishman englishmen french frenchman frenchmen british roman romans german germans stoic stoics stoicism ' +
    'platonist epicurean protestant protestants catholic catholics dissenter dissenters quaker quakers jew jews muslim muslims parthian parthians march april east west north south heaven providence nature ' +
    'fellow man men woman women plants animals government parliamentary college society church school university company court house river island sea street museum library',
);
/** "Note G", "Book II": parts of a work. */
export const partHeads = words('note book chapter volume table figure part letter section plate appendix');
/** Places that the lexicon leaves out or takes for first names. */
export const knownPlaces = words('britain kent devon essex sussex cornwall norfolk suffolk dorset surrey persia prussia bohemia saxony flanders burgundy normandy brittany tuscany venetia constantinople');
