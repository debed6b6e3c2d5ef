import { problemTexts } from '@dramatis/contracts/problem-texts';

/** What the API says, in its own words. */
export default problemTexts;
