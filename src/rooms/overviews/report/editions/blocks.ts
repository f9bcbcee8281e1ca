// What each kind of block tells, in pieces. Told twice: once to learn what must be counted, once with the numbers.
import { number } from "../../../../ui/words.ts";
import { declaredKindWords } from "../declared/words.ts";
import { stayText } from "../period.ts";
import type { Contents, Written } from "./content.ts";
import type { KeyFigure, Piece, Span } from "./document.ts";
import { tellGrid } from "./grids.ts";
import { readMarkdown } from "./markdown.ts";
import { type Reference, readReference, yearBefore } from "./references.ts";
import { linesOf, movedSince, noShare, saidInText, type Telling, tellFigure } from "./telling.ts";

export type Targets = ReadonlyMap<string, readonly { number: number; funder: string | null }[]>;
export type Around = Telling & {
  /** What was promised of a year, by the figure's code: `gpp.personnes`. */
  targets: Targets;
  photos: ReadonlyMap<string, { width: number; height: number }>;
  partners: ReadonlyMap<string, readonly string[]>;
};

const figureSpan = (telling: Telling, inside: string): Span => {
  const read = readReference(inside);
  if (!read.ok) {
    telling.warn(read.sentence);
    return { is: "text", text: `{{${inside}}}` };
  }
  const told = tellFigure(telling, read.value);
  if (!told) return { is: "text", text: `{{${inside}}}` };
  return {
    is: "figure",
    text: saidInText(telling, read.value, told),
    key: told.key,
    ...(told.mark === "computed" ? {} : { mark: told.mark }),
  };
};

const markdown = (telling: Telling, text: string): Piece[] =>
  readMarkdown(text, (inside) => figureSpan(telling, inside));

function keyFigure(around: Around, reference: Reference, quiet: boolean): KeyFigure[] {
  const told = tellFigure(around, reference);
  if (!told || (quiet && !around.collecting && (told.value === 0 || told.shown === noShare))) return [];
  const notes: string[] = [];
  if (told.wish && reference.when.is === "edition") {
    const before = yearBefore(told.period);
    const then = around.numbers.at({ ...told.wish, period: before });
    const moved = movedSince(told.value, then.value, before, told.unit);
    if (moved) notes.push(moved);
    for (const target of around.targets.get(reference.code) ?? []) {
      if (Object.keys(reference.filters).length > 0 || told.value === null || target.number === 0) continue;
      const share = Math.round((told.value / target.number) * 100);
      const whose = target.funder ? ` de ${target.funder}` : "";
      notes.push(`objectif${whose}\u00a0: ${number(target.number)}, atteint à ${share}\u00a0%`);
    }
  } else if (reference.when.is === "since") notes.push(`depuis ${reference.when.year}`);
  else if (told.period.from !== around.edition.from || told.period.to !== around.edition.to)
    notes.push(stayText(told.period));
  if (told.few) notes.push("sur moins de dix");
  if (told.mark !== "computed") notes.push(declaredKindWords[told.mark]);
  const unit = told.unit === "%" || told.unit === "€" ? "" : told.unit;
  const label = reference.words ?? (told.mark === "computed" ? told.label : `${told.label}${unit ? `, ${unit}` : ""}`);
  return [{ key: told.key, value: told.shown, label, notes }];
}

function testimony(around: Around, content: Contents["testimony"]): Piece[] {
  if (content.text.trim() === "") return [];
  if (content.agreed === "") {
    around.warn("Ce témoignage attend l’accord de son auteur\u00a0: il ne sort pas de la maison.");
    if (around.outside) return [];
  }
  const author = content.author.trim();
  const signed =
    content.signature === "none" || author === ""
      ? null
      : content.signature === "first-name"
        ? (author.split(/\s+/)[0] ?? null)
        : author;
  return [{ is: "quote", pieces: markdown(around, content.text), signed }];
}

function photo(around: Around, content: Contents["photo"]): Piece[] {
  const size = around.photos.get(content.photo);
  if (!size) {
    around.warn("Ce bloc attend sa photo.");
    return [];
  }
  if (content.alternative.trim() === "") {
    around.warn("Cette photo attend que quelqu’un dise ce qu’elle montre\u00a0: elle ne paraît pas.");
    return [];
  }
  const caption = [content.caption.trim(), content.credit.trim() ? `© ${content.credit.trim()}` : ""].filter(Boolean);
  return [
    { is: "photo", photo: content.photo, alternative: content.alternative, caption: caption.join(". "), ...size },
  ];
}

function partners(around: Around, { title, role, more }: Contents["partners"]): Piece[] {
  const written = more.split("\n").map((name) => name.trim());
  const names = [...new Set([...(around.partners.get(role) ?? []), ...written])].filter((name) => name !== "");
  names.sort((one, other) => one.localeCompare(other, "fr"));
  return names.length === 0 ? [] : [{ is: "names", level: 3, title: title || "Partenaires", names }];
}

/** The pieces of a block; none: it has nothing to say. */
export function tellBlock(around: Around, { kind, content }: Written): Piece[] {
  switch (kind) {
    case "text":
      return markdown(around, content.text);
    case "box": {
      const pieces = markdown(around, content.text);
      return pieces.length === 0 ? [] : [{ is: "box", title: content.title || "À retenir", pieces }];
    }
    case "figures": {
      const figures = linesOf(around, content.lines).flatMap((one) => keyFigure(around, one, content.quiet));
      return figures.length === 0 ? [] : [{ is: "key-figures", figures }];
    }
    case "table":
    case "chart":
      return tellGrid(around, kind === "table" ? { kind, content } : { kind, content });
    case "testimony":
      return testimony(around, content);
    case "photo":
      return photo(around, content);
    case "partners":
      return partners(around, content);
  }
}
