// The list of a door, in the answers of the house.
export const listIn = (html: string): HTMLElement | null =>
  new DOMParser().parseFromString(html, "text/html").getElementById("porte-liste");

/** What a list says of everybody: two that say the same are not exchanged under somebody's hands. */
export const marksOf = (place: Element): string =>
  [...place.querySelectorAll<HTMLElement>("li[data-booking]")]
    .map(({ dataset }) => `${dataset.booking} ${dataset.came} ${dataset.last} ${dataset.ended ?? ""}`)
    .sort()
    .join("|");
