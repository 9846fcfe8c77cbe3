// A value as it travels to a database. Types only.

/** What SQLite can bind. NaN, undefined, booleans and dates are refused before the queue: the binding would store NULL or throw. */
export type SqlValue = string | number | null;
