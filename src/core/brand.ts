/** A type that only one place mints: two brands of the same shape do not mix. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
