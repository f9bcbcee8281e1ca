// A link by which somebody chooses a password: made, sent, and shown this once.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { sendLink } from "./letters.ts";
import { LinkPage } from "./pages.tsx";
import { makeLink } from "./writes.ts";

export async function handLink(
  at: At<unknown>,
  account: { id: string; name: string; email: string },
  purpose: "invitation" | "reset",
): Promise<Answer> {
  const link = await makeLink(at.tx, at.services.config, account.id, purpose);
  const sent = await sendLink(at.services.mail, {
    to: account.email,
    name: account.name,
    house: at.scope.houseName,
    link,
    purpose,
  });
  return page({
    title: `Lien pour ${account.name}`,
    crumbs: [{ href: "/comptes", label: "Comptes" }],
    body: <LinkPage account={account} link={link} sent={sent} />,
  });
}
