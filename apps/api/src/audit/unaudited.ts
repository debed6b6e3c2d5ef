import { Reflector } from '@nestjs/core';

/** Marks a route, or all of a controller, that changes nothing although it is not read by GET. */
export const Unaudited = Reflector.createDecorator<boolean>({ transform: () => true });
