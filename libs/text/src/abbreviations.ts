/** Abbreviations that are followed by what they abbreviate, so that their full stop never ends a sentence. */
export const leadingAbbreviations: ReadonlySet<string> = new Set(
  (
    'mr mrs ms mx dr prof st ste gen col capt lt sgt maj cmdr adm rev hon fr sen rep gov pres messrs mme mlle m mt ' +
    'vs v cf viz e.g i.e eg ie ca c approx fig figs eq eqs ch chap sec vol vols pp p ed eds trans b d r fl nos al'
  ).split(' '),
);

/** Abbreviations that also stand at the end of a sentence: what follows decides. */
export const closingAbbreviations: ReadonlySet<string> = new Set(
  (
    'etc jr sr esq inc ltd co corp bros dept univ a.m p.m am pm b.c a.d b.c.e c.e u.s u.k u.s.a u.s.s.r e.u ph.d m.d b.a m.a d.c ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ft lb lbs oz min max ave blvd rd'
  ).split(' '),
);

/** Abbreviations only when a number follows: "No. 5", "Art. 3". */
export const numberAbbreviations: ReadonlySet<string> = new Set('no art par op cap nr'.split(' '));

/** Words that, written with a capital, nearly always open a sentence. */
export const sentenceOpeners: ReadonlySet<string> = new Set(
  (
    'a after all also although an and another are as at because before both but by did do does during each even every few for from ' +
    'he her here his how however i if in indeed instead is it its later many more most my nevertheless no nor not now of on once one only or ' +
    'our perhaps several she since so some still such that the their then there therefore these they this those though thus to today together ' +
    'two under until was we were what when where whether which while who why with without yet you your'
  ).split(' '),
);
