import { stopSharedProduct } from './shared-product.mjs';

export default stopSharedProduct;
