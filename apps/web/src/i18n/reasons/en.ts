import { reasonTexts } from '@dramatis/contracts/reason-texts';

/** Why a document was not brought in, a file not taken, a run not completed, or something not described. */
export default reasonTexts;
