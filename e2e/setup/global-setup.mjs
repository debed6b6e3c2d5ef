import { startSharedProducts } from './shared-products.mjs';

export default startSharedProducts;
