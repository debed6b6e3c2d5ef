import { stopSharedProducts } from './shared-products.mjs';

export default stopSharedProducts;
