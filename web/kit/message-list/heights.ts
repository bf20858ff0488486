/**
 * Heights of all rows, known or guessed, with their sums in a Fenwick tree: the offset of a row and the row at an
 * offset both take O(log n), also with 10,000 rows.
 */
export class Heights {
  #heights: Float64Array;
  #tree: Float64Array;
  #count: number;

  /** @param heights of the rows in CSS pixels, gaps included; guessed ones are replaced by `set` */
  constructor(heights: readonly number[]) {
    this.#count = heights.length;
    this.#heights = Float64Array.from(heights);
    this.#tree = treeOf(this.#heights);
  }

  get count(): number {
    return this.#count;
  }

  /** Height of all rows together. */
  get total(): number {
    return this.offset(this.#count);
  }

  height(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Distance from the top of the first row to the top of row `index`. */
  offset(index: number): number {
    let sum = 0;
    for (let node = Math.min(index, this.#count); node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }

  /** The row that covers `offset`, within the rows there are. */
  at(offset: number): number {
    let row = 0;
    let left = offset;
    for (let step = 1 << Math.floor(Math.log2(this.#count + 1)); step > 0; step >>= 1) {
      const sum = this.#tree[row + step];
      if (sum === undefined || sum > left) continue;
      row += step;
      left -= sum;
    }
    return Math.max(0, Math.min(row, this.#count - 1));
  }

  /** Sets a measured height. @returns by how much the row grew */
  set(index: number, height: number): number {
    const change = height - this.height(index);
    if (change === 0 || index >= this.#count) return 0;
    this.#heights[index] = height;
    for (let node = index + 1; node <= this.#count; node += node & -node) {
      this.#tree[node] = (this.#tree[node] ?? 0) + change;
    }
    return change;
  }

}

function treeOf(heights: Float64Array): Float64Array {
  const tree = new Float64Array(heights.length + 1);
  for (let node = 1; node < tree.length; node += 1) {
    tree[node] = (tree[node] ?? 0) + (heights[node - 1] ?? 0);
    const parent = node + (node & -node);
    if (parent < tree.length) tree[parent] = (tree[parent] ?? 0) + (tree[node] ?? 0);
  }
  return tree;
}
