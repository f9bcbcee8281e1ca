// Which identifiers a file has already given: a set of 53-bit hashes in one typed array, 16 bytes an identifier at most, because a
// file may have millions of rows and the process must stay small. Two identifiers share a hash once in ten thousand files of a million.

/** A growing set of texts, kept as hashes. */
export class Seen {
  #slots = new Float64Array(1024);
  #count = 0;

  /** True the first time that a text is given. */
  add(text: string): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const added = this.#put(hash53(text));
    if (added) this.#count++;
    return added;
  }

  #put(hash: number): boolean {
    const slots = this.#slots;
    let at = hash % slots.length;
    while (slots[at] !== 0) {
      if (slots[at] === hash) return false;
      at = (at + 1) % slots.length;
    }
    slots[at] = hash;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#put(hash);
  }
}

/** cyrb53: two rounds of multiplicative mixing, never 0. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    high = Math.imul(high ^ sign, 2654435761);
    low = Math.imul(low ^ sign, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}
