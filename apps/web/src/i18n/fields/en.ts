import { fieldTexts } from '@dramatis/contracts/field-texts';

/** What the API and its schemas find wrong with a field, said after the name of the field. */
export default fieldTexts;
