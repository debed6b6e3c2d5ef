import { extractSubtitles } from './subtitles.js';

const vtt = (...cues: string[]) => `WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnot --> said\n\n${cues.join('\n\n')}\n`;

describe('extractSubtitles', () => {
  it('joins cues, and starts anew after a pause', () => {
    const { markdown } = extractSubtitles(
      vtt('1\n00:01.000 --> 00:02.000 align:start position:0%\nThe fog\nlifts', 'b\n00:02.100 --> 00:03.000\nby noon.', '00:59.000 --> 01:00.000\nLater.'),
    );
    expect(markdown).toBe('The fog lifts by noon.\n\nLater.');
  });

  it('keeps who speaks, also twice in a cue and over several cues', () => {
    const { markdown, attributes } = extractSubtitles(
      vtt('00:01.000 --> 00:02.000\n<v.loud Ann Lee>Is it <i>you</i>?</v> <v Bo>It is.', '00:02.000 --> 00:03.000\n<v Bo>I came &amp; waited.', '00:03.000 --> 00:04.000\nSomebody laughs.'),
    );
    expect(markdown).toBe('Ann Lee: Is it you?\n\nBo: It is. I came & waited.\n\nSomebody laughs.');
    expect(attributes.speakers).toEqual(['Ann Lee', 'Bo']);
  });

  it('says rolling and growing captions once', () => {
    const rolling = extractSubtitles(
      vtt('00:01.000 --> 00:02.000\nthe fog<00:01.500><c> comes</c>', '00:02.000 --> 00:02.010\nthe fog comes', '00:02.010 --> 00:03.000\nthe fog comes\nand goes', '00:03.000 --> 00:04.000\nand goes\nby noon'),
    );
    expect(rolling.markdown).toBe('the fog comes and goes by noon');
    const growing = extractSubtitles(vtt('00:01.000 --> 00:02.000\nthe', '00:02.000 --> 00:03.000\nthe fog', '00:03.000 --> 00:04.000\nthe fog lifts'));
    expect(growing.markdown).toBe('the fog lifts');
  });

  it('keeps what is said twice', () => {
    expect(extractSubtitles(vtt('00:01.000 --> 00:02.000\nNo.', '00:03.000 --> 00:04.000\nNo.')).markdown).toBe('No. No.');
  });

  it('reads SubRip with hours, commas, positions and markup, whatever its line ends', () => {
    const { markdown } = extractSubtitles('1\r\n01:00:01,000 --> 01:00:02,500\r\n{\\an8}<font color="#fff">5 < 6,</font>\r\n\r\n2\r\n01:00:02,600 --> 01:00:03,000\r\nhe said.\r\n');
    expect(markdown).toBe('5 < 6, he said.');
  });
});
