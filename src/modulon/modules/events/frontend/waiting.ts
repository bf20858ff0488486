import type { Letter } from './api.js';

/** Whether *one* of what waits, in the order of the log, is only tried after another of its consumer and key. */
export function isBehind(waiting: readonly Letter[], one: Letter): boolean {
  return waiting.find((other) => other.consumer === one.consumer && other.key === one.key)?.seq !== one.seq;
}
