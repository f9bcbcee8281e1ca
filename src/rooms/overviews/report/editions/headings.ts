// Titles of a chapter, one step at a time: a reader that speaks walks by them, and PDF/UA refuses a step that is left out (ISO 14289, 7.4.2).
import type { Piece } from "./document.ts";

/** `last`: the level of the title before, 1 that of the chapter itself. Gives the pieces, and the level of the last title in them. */
function walk(pieces: readonly Piece[], last: number): { pieces: Piece[]; last: number } {
  let level = last;
  const step = (wanted: 2 | 3): 2 | 3 => {
    level = Math.min(wanted, level + 1);
    return level === 2 ? 2 : 3;
  };
  const inside = (held: readonly Piece[]): Piece[] => {
    const walked = walk(held, level);
    level = walked.last;
    return walked.pieces;
  };
  const told = pieces.map((piece): Piece => {
    switch (piece.is) {
      case "heading":
      case "names":
        return { ...piece, level: step(piece.level) };
      case "box":
      case "quote":
        return { ...piece, pieces: inside(piece.pieces) };
      case "list":
        return { ...piece, items: piece.items.map(inside) };
      default:
        return piece;
    }
  });
  return { pieces: told, last: level };
}

/** The blocks of a chapter with titles that leave out no level. */
export function stepped<B extends { pieces: Piece[] }>(blocks: readonly B[]): B[] {
  let last = 1;
  return blocks.map((block) => {
    const walked = walk(block.pieces, last);
    last = walked.last;
    return { ...block, pieces: walked.pieces };
  });
}
