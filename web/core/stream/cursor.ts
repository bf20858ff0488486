/** Where a reader of a stream stands: `<epoch>.<seq>`. Within an epoch numbers only rise; a new epoch replaces the old. */
export interface Position {
  epoch: number;
  seq: number;
}

export function parsePosition(id: string): Position | null {
  const match = /^(\d+)\.(\d+)$/.exec(id);
  return match === null ? null : { epoch: Number(match[1]), seq: Number(match[2]) };
}

export class Cursor {
  #last: Position | null;
  #id: string;

  /** @param id the last event already known, '' for none */
  constructor(id = '') {
    this.#id = id;
    this.#last = parsePosition(id);
  }

  /** The id to resume after, '' at the start. */
  get id(): string {
    return this.#id;
  }

  /** Moves to an event. @returns false if it was seen before and must be dropped */
  advance(id: string | undefined): boolean {
    const position = parsePosition(id ?? '');
    if (position === null || id === undefined) return true;
    const last = this.#last;
    const seen =
      last !== null && (position.epoch < last.epoch || (position.epoch === last.epoch && position.seq <= last.seq));
    if (seen) return false;
    this.#last = position;
    this.#id = id;
    return true;
  }
}
