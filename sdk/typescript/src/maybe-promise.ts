/** What a program's own store returns: immediately, or later. */
export type MaybePromise<T> = T | Promise<T>;
