// Accounts of structures: opened, sent a link, ended. Each with the letter that it needs; the journal's line is the route's.
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays } from "../../../../core/time.ts";
import { createAccount, endGrant, endSessions, giveRoles, spendLinks } from "../../house/door.ts";
import { endLinks, linkMark, queueMessage } from "../../messages/door.ts";
import { addressInUse, type PartnerAccount, type PartnerSide, roleOfSide } from "./reads.ts";

/** The word of the address of a link that signs in: /entree/<token>. */
export const entryKind = "entree";
/** Days during which the link of a letter opens: one that was asked for, and the first one. */
export const entryDays = { asked: 1, first: 14 } as const;

/** Writes the letter with a link that signs in, once a `key`. The link is made when the letter leaves; only its hash is kept. */
export const sendEntryLink = (
  tx: Tx,
  wish: { key: string; account: string; name: string; email: string; structure: string | null; first: boolean },
): Promise<string | null> => {
  const days = entryDays[wish.first ? "first" : "asked"];
  const { houseName } = tx.scope;
  return queueMessage(tx, {
    key: `entree ${wish.key}`,
    purpose: "entry",
    channel: "mail",
    person: null,
    personal: false,
    recipient: wish.email,
    subject: wish.first ? `Votre accès chez ${houseName}` : `Votre lien pour entrer chez ${houseName}`,
    body: [
      `Bonjour ${wish.name},`,
      "",
      wish.first
        ? `${houseName} vous ouvre un accès${wish.structure ? ` pour ${wish.structure}` : ""}. Pour entrer, ouvrez ce lien\u00a0:`
        : `Pour entrer chez ${houseName}, ouvrez ce lien\u00a0:`,
      "",
      linkMark,
      "",
      `Ce lien sert une seule fois, pendant ${days === 1 ? "un jour" : `${days} jours`}. Il entre à votre nom\u00a0: ne le transférez pas.`,
      "Pour en recevoir un autre, allez sur la page de connexion. Si vous n’attendiez pas ce message, ne faites rien.",
      "",
    ].join("\n"),
    link: { kind: entryKind, record: wish.account, days },
    uselessAt: new Date(tx.clock.now().getTime() + days * 86_400_000),
  });
};

export type NewPartnerAccount = {
  key: string;
  structure: { id: string; name: string };
  name: string;
  email: string;
  side: PartnerSide;
  fromDay: string;
  toDay: string | null;
};

/**
 * Opens an account for a structure, or gives one more side to one that it has, and writes the letter of its first link. "again": the same
 * form came twice. Otherwise the sentence of a refusal: an address works for one structure at a time, and for no team beside.
 */
export async function openPartnerAccount(
  tx: Tx,
  wish: NewPartnerAccount,
): Promise<{ outcome: "opened" | "again"; account: string } | { outcome: "refused"; sentence: string }> {
  const grant = {
    role: roleOfSide[wish.side],
    structure: wish.structure.id,
    fromDay: wish.fromDay,
    toDay: wish.toDay,
  };
  const made = await createAccount(tx, { id: wish.key, email: wish.email, name: wish.name, grants: [grant] });
  if (made.outcome === "exists") return { outcome: "again", account: wish.key };
  let account = made.account;
  if (made.outcome === "taken") {
    const known = await addressInUse(tx, wish.email);
    if (!known || known.team)
      return { outcome: "refused", sentence: "Cette adresse est celle d’un compte de l’équipe : donnez-en une autre." };
    if (known.closed)
      return {
        outcome: "refused",
        sentence: "Le compte de cette adresse est fermé : l’administration peut le rouvrir.",
      };
    if (known.structures.some((id) => id !== wish.structure.id))
      return {
        outcome: "refused",
        sentence:
          "Cette adresse entre déjà pour une autre structure : mettez-y fin d’abord, ou donnez une autre adresse.",
      };
    account = known.account;
    const held = await tx
      .on<HeldTables>()
      .selectFrom("house.grants")
      .select("id")
      .where("house_id", "=", tx.scope.house)
      .where("account_id", "=", account)
      .where("role", "=", grant.role)
      .where("structure_id", "=", grant.structure)
      .where((is) => is.or([is("to_day", "is", null), is("to_day", ">=", tx.today)]))
      .executeTakeFirst();
    if (held) return { outcome: "again", account };
    await giveRoles(tx, account, [grant]);
  }
  await sendEntryLink(tx, {
    key: wish.key,
    account,
    name: wish.name,
    email: wish.email,
    structure: wish.structure.name,
    first: true,
  });
  return { outcome: "opened", account };
}
type HeldTables = {
  "house.grants": {
    house_id: string;
    id: string;
    account_id: string;
    role: string;
    structure_id: string | null;
    to_day: string | null;
  };
};

/** Ends what an account may do for a structure, on a last day; today at the earliest it still works today, yesterday it ends at once. */
export async function endPartnerAccount(tx: Tx, held: PartnerAccount, lastDay: string): Promise<void> {
  await endGrant(tx, held.grant, lastDay);
  if (lastDay >= tx.today) return;
  await endSessions(tx, held.id);
  await endLinks(tx, held.id);
  await spendLinks(tx, held.id);
}

/** The last day of what ends at once: the days before stay written. */
export const endingNow = (tx: Tx): string => addDays(tx.today, -1);
