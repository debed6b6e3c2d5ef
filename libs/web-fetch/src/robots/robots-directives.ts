/** What a page says about itself, by `X-Robots-Tag` or a meta element. */
export interface RobotsDirectives {
  /** The page is not to be kept. */
  noindex: boolean;
  /** Its links are not to be followed. */
  nofollow: boolean;
}

/** Directives whose value follows a colon, which is no robot's name. */
const valued = /^(unavailable_after|max-snippet|max-image-preview|max-video-preview)$/;

/**
 * From the values of `X-Robots-Tag`: those for all robots, and those for this one: `noindex, nofollow`, `dramatis: noindex`, `none`.
 * `token` is the robot's name, in any case.
 */
export function parseRobotsTags(values: readonly string[], token: string): RobotsDirectives {
  const directives = values.flatMap((value) => {
    let applies = true;
    return value.split(',').flatMap((part) => {
      const colon = part.indexOf(':');
      const name = part.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      if (name !== '' && !valued.test(name)) {
        applies = name === token.toLowerCase() || name === '*' || name === 'robots';
        return applies ? [part.slice(colon + 1)] : [];
      }
      return applies ? [part] : [];
    });
  });
  return toDirectives(directives);
}

/** From the content of `<meta name="robots">` elements and of those that name this robot. */
export function parseMetaRobots(contents: readonly string[]): RobotsDirectives {
  return toDirectives(contents.flatMap((content) => content.split(/[,\s]+/)));
}

/** Several sources: the stricter one counts. */
export function strictest(...all: RobotsDirectives[]): RobotsDirectives {
  return { noindex: all.some(({ noindex }) => noindex), nofollow: all.some(({ nofollow }) => nofollow) };
}

function toDirectives(directives: string[]): RobotsDirectives {
  const said = new Set(directives.map((directive) => directive.trim().toLowerCase()));
  return { noindex: said.has('noindex') || said.has('none'), nofollow: said.has('nofollow') || said.has('none') };
}
