/** Different enough from each other that nothing takes them for duplicates, and each long enough to be worth keeping. */
export const articles: readonly { slug: string; title: string; paragraphs: readonly string[] }[] = [
  {
    slug: 'lighthouses',
    title: 'Lighthouses and how they are told apart',
    paragraphs: [
      'A lighthouse is known at night by its character: the colour of its light, the number of flashes in a group, and the time after which the group begins again. A keeper writes it as Fl(3) W 20s, which means three white flashes every twenty seconds.',
      'By day the tower itself is the mark. Bands of red and white, a black gallery or a chequered wall let a pilot name the headland without asking for a light at all.',
      'The lens that Fresnel proposed in 1822 bends the rays of a small lamp into one flat sheet. It needs far less glass than a solid lens and can be turned by clockwork that floats on a bath of mercury.',
    ],
  },
  {
    slug: 'tides',
    title: 'Tides: springs, neaps and the rule of twelfths',
    paragraphs: [
      'Spring tides come a day or two after new and full moon, when the pull of the sun adds to that of the moon. Neap tides follow the quarters, when both pull at right angles, and the range is at its smallest.',
      'Between low and high water the sea does not rise evenly. The rule of twelfths says that one twelfth of the range comes in the first hour, two in the second, three in each of the two middle hours, then two, then one.',
      'A tide table gives heights above chart datum, which is about the lowest tide that the heavens alone can make. Wind and low pressure may still take the water lower, or push it a metre higher.',
    ],
  },
  {
    slug: 'knots',
    title: 'Six knots that are enough',
    paragraphs: [
      'The bowline makes a loop that neither slips nor jams. It is tied around a bollard, a ring or a person, and it can be undone after any load by pushing back the bend.',
      'A clove hitch holds a fender to the rail for an hour, a round turn and two half hitches for a night. The figure of eight stops a sheet from running out of its block.',
      'Two ropes of unlike thickness are joined by a sheet bend, doubled when one is much thinner. The reef knot belongs on sails and parcels and should never join two ropes that carry a life.',
    ],
  },
  {
    slug: 'fog-signals',
    title: 'Fog signals, from bells to diaphones',
    paragraphs: [
      'Before there were horns, stations fired a gun every quarter of an hour in thick weather. The gunner slept little in spring, when warm air lies on cold water for days.',
      'The diaphone pushes compressed air through a slotted piston and ends its low note with a grunt that carries for seven miles. Sailors knew the grunt better than the note.',
      'Sound in fog deceives: layers of air bend it upwards, and a horn that is heard at five miles may be silent at two. The signal tells that danger is there and not where it is.',
    ],
  },
  {
    slug: 'charts',
    title: 'Reading a chart before leaving harbour',
    paragraphs: [
      'Soundings are printed where they were taken and refer to chart datum. A line joins equal depths; inside of the ten-metre line a careful skipper counts rocks, outside of it hours.',
      'Every chart has a source diagram that tells when each part was surveyed. Lead-line soundings of the nineteenth century leave gaps between the lines in which a pinnacle can hide.',
      'Magnetic variation is printed in the compass rose with its yearly change. Deviation belongs to the ship and is never on the chart.',
    ],
  },
  {
    slug: 'harbours',
    title: 'What makes a harbour of refuge',
    paragraphs: [
      'A harbour of refuge can be entered in the very gale that makes it needed. Its mouth faces away from the worst wind, and the depth between the pier heads holds at low water of springs.',
      'Breakwaters of rubble spend the strength of the waves among loose stones; a wall of masonry throws it back and makes the entrance confused. Many builders learnt the difference in the first winter.',
      'Inside, swell finds its way by bending around the ends. A spending beach, where it may run out and die, is worth more than another quay.',
    ],
  },
];
