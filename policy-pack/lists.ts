/**
 * One reader an entry. `map` and `flatMap` of the list itself read an entry before anybody can catch that it is
 * not known yet, and so one such entry would hide all that follow.
 */
export function readersOf(list: readonly unknown[]): readonly (() => unknown)[] {
  return Array.from({ length: list.length }, (_, index) => () => list[index]);
}
