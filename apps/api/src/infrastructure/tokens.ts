/** Injection tokens of what is no class of ours. */
export const ENV = Symbol('Env');
export const LOGGER = Symbol('Logger');
/** Folder of the built web application, or null. */
export const WEB_ROOT = Symbol('webRoot');
export const REDIS = Symbol('Redis');
export const REDIS_SUBSCRIBER = Symbol('RedisSubscriber');
export const DATABASE = Symbol('mongoose.Connection');
export const OBJECT_STORE = Symbol('ObjectStore');
