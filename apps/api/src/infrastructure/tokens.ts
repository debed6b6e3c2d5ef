/** Injection tokens of what is no class of ours. */
export const ENV = Symbol('Env');
export const LOGGER = Symbol('Logger');
export const REDIS = Symbol('Redis');
export const REDIS_SUBSCRIBER = Symbol('RedisSubscriber');
export const DATABASE = Symbol('mongoose.Connection');
export const OBJECT_STORE = Symbol('ObjectStore');
