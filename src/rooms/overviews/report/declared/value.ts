// A declared value as it is read.
import { number } from "../../../../ui/words.ts";
import { decimalsOf } from "../audit/stated.ts";

/** 65, "km" -> "65 km". A year is no quantity: it is not cut in thousands. */
export function valueText(value: number, unit = ""): string {
  const said = unit === "année" ? String(value) : number(value, Math.min(4, decimalsOf(value)));
  return unit === "" || unit === "année" ? said : `${said}\u00a0${unit}`;
}
