/** The shape a translation must have: every key of the English file, any text. Chinese has no plural, so `…_one` may be left out. */
export type Translated<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>;
};
