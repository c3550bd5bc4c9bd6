/** A point in time, in milliseconds since the Unix epoch. Time is always an argument, never read from a clock below the edge. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
