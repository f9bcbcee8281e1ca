// French public holidays (Code du travail, article L3133-1), as the ministry's own package counts them. Those of Alsace-Moselle are left
// out: no house of the network is there.
import joursFeries from "@socialgouv/jours-feries";

const years = new Map<string, ReadonlyMap<string, string>>();

/** The holidays of a year, by day. */
function holidaysOf(year: string): ReadonlyMap<string, string> {
  const known = years.get(year);
  if (known) return known;
  const found = new Map<string, string>();
  for (const [name, at] of Object.entries(joursFeries(Number(year)))) {
    // The package adds whole days to a local midnight: across a change of the clock it lands an hour beside it. Noon is on the day.
    const noon = new Date(at.getTime() + 12 * 3_600_000);
    const two = (part: number): string => String(part).padStart(2, "0");
    found.set(`${noon.getFullYear()}-${two(noon.getMonth() + 1)}-${two(noon.getDate())}`, name.replaceAll("'", "’"));
  }
  years.set(year, found);
  return found;
}

/** The name of the public holiday that a day is: « Lundi de Pâques »; null on any other. */
export const holidayOf = (day: string): string | null => holidaysOf(day.slice(0, 4)).get(day) ?? null;
