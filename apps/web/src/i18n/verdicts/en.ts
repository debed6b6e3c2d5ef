import { verdictTexts } from '@dramatis/contracts/verdict-texts';

/** What the rules of modes and formats find in a reply, and what was mended in it. */
export default verdictTexts;
