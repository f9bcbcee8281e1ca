// Referrals on a person's sheet: where they were sent, and what became of it.

import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink, PersonPanel } from "../../../../core/room.ts";
import { shortDay } from "../../../../ui/words.ts";
import { freezeReferralAges } from "../ages.ts";
import { reasonOf, stateOf } from "./list.tsx";
import { eventsOf, type ReferralLine, referralsOfPerson } from "./reads.ts";
import { programmesSeen, referralRights } from "./rights.ts";
import { eventWords, stateWords } from "./words.ts";
import { forgetReferred } from "./writes.ts";

const seenOf = async (tx: Tx, person: string): Promise<ReferralLine[]> => {
  const seen = programmesSeen(tx.scope, referralRights["referral.see"]);
  return (await referralsOfPerson(tx, person)).filter(
    (referral) => seen === "all" || (referral.programmeId !== null && seen.includes(referral.programmeId)),
  );
};

export const referralsPanel: PersonPanel = {
  order: 40,
  right: referralRights["referral.see"],
  async show(tx, person, most) {
    const referrals = await seenOf(tx, person);
    const panel = (
      <section>
        <h2>Orientations</h2>
        {referrals.length === 0 ? (
          <p>Aucune orientation.</p>
        ) : (
          <ul>
            {referrals.slice(0, 10).map((referral) => (
              <li key={referral.id}>
                <a href={`/orientations/${referral.id}`}>
                  {shortDay(referral.sentOn)}, vers {referral.to}
                </a>
                {"\u00a0"}: {stateOf(referral, tx.today)}
              </li>
            ))}
          </ul>
        )}
        {may(tx.scope, referralRights["referral.send"]) ? (
          <p class="no-print">
            <a href={`/personnes/${person}/orienter`}>Orienter cette personne</a>
          </p>
        ) : null}
      </section>
    );
    const timeline = referrals.slice(0, most).map((referral) => ({
      day: referral.sentOn,
      kind: "Orientation",
      text: (
        <a href={`/orientations/${referral.id}`}>
          vers {referral.to}, {stateWords[referral.state]}
        </a>
      ),
    }));
    return { panel, timeline };
  },
};

export const referralLink: PersonLink = {
  table: "programmes.referrals",
  column: "person_id",
  key: ["id"],
  label: "orientations",
  async describe(tx, person) {
    const described: Record<string, unknown>[] = [];
    for (const referral of await referralsOfPerson(tx, person)) {
      const events = await eventsOf(tx, referral.id);
      described.push({
        "Envoyée le": referral.sentOn,
        Par: referral.from,
        Vers: referral.to,
        Pourquoi: referral.purpose,
        "Dit à l’organisme": referral.shared,
        Suite: events
          .map((event) =>
            [event.on_day, eventWords[event.kind], reasonOf(event.reason), event.note].filter(Boolean).join(" "),
          )
          .join(" ; "),
      });
    }
    return described;
  },
  async beforeAnonymising(tx, persons) {
    await freezeReferralAges(tx, persons);
    await forgetReferred(tx, persons);
  },
};
