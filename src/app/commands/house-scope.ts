// The house that a command works on, and the scope of the machine's operator in it.
import type { Deps } from "../../core/db/transaction.ts";
import { mintScope, type Scope } from "../../core/rights.ts";
import { dayIn } from "../../core/time.ts";
import { Refused } from "../refused.ts";

export type HouseScope = { scope: Scope; today: string };

type Row = { house_id: string; code: string; name: string; zone: string };

/** The houses of the server, by code. */
export async function listHouses(deps: Deps): Promise<Row[]> {
  return deps.database.withClient(async (client) => (await client.query<Row>("SELECT * FROM house.directory()")).rows);
}

/** @throws Refused when the house is not named and there are several, or does not exist. */
export async function houseScope(deps: Deps, code: string | undefined): Promise<HouseScope> {
  const houses = await listHouses(deps);
  const house = code ? houses.find((row) => row.code === code) : houses.length === 1 ? houses[0] : undefined;
  if (!house) {
    const known = houses.map((row) => row.code).join(", ");
    throw new Refused(
      houses.length === 0
        ? "Ce serveur n’a encore aucune maison : « npx traboule demo » charge celle de démonstration, « npx traboule house new CODE --name NOM » en crée une."
        : code
          ? `La maison « ${code} » n’existe pas. Maisons connues : ${known}.`
          : `Plusieurs maisons : dites laquelle par --house CODE (${known}).`,
    );
  }
  return {
    today: dayIn(house.zone, deps.clock.now()),
    scope: mintScope({
      house: house.house_id,
      houseCode: house.code,
      houseName: house.name,
      zone: house.zone,
      account: null,
      name: "ligne de commande",
      session: null,
      secondFactor: true,
      grants: [
        { role: "direction", site: null, programme: null },
        { role: "administrator", site: null, programme: null },
      ],
      ip: null,
    }),
  };
}
