import { startSharedProduct } from './shared-product.mjs';

export default startSharedProduct;
