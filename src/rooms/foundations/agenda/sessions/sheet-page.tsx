// The sheet that people sign, on paper or on a tablet: printed as it is.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { day, hour, plural, shortDay } from "../../../../ui/words.ts";
import { lengthWords, whoOf } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { crumbs, placeOf } from "./one.ts";
import { registrationsOf, type SessionLine } from "./reads.ts";
import { box, type Signature, signaturesOf } from "./signing.ts";

/** What somebody drew, or their initials, with the moment. */
function Signed({ signature, zone }: { signature: Signature | undefined; zone: string }) {
  if (!signature) return null;
  const when = `${shortDay(dayIn(zone, signature.signedAt))} à ${hour(minuteIn(zone, signature.signedAt))}`;
  return (
    <>
      {signature.strokes ? (
        <svg class="signature" viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={`Signé le ${when}`}>
          <path d={signature.strokes} />
        </svg>
      ) : (
        <strong>{signature.initials}</strong>
      )}{" "}
      <small>{when}</small>
    </>
  );
}

export async function sheetPage(at: At<unknown>, session: SessionLine): Promise<Answer> {
  at.about("session", session.id);
  const rows = (await registrationsOf(at.tx, session.id)).filter((row) => row.state === "registered");
  const signed = await signaturesOf(at.tx, session.id);
  const closes = may(at.scope, rights["session.close"], { site: session.siteId });
  const open = session.startsOn <= at.tx.today && (session.status === "planned" || session.status === "held");
  const blank = Array.from({ length: Math.max(3, (session.capacity ?? 0) - rows.length) }, (_, turn) => turn);
  return page({
    title: "Feuille d’émargement",
    crumbs: [...crumbs, { href: `/seances/${session.id}`, label: session.title }],
    body: (
      <>
        <Heading title="Feuille d’émargement">{session.title}</Heading>
        <p class="no-print">
          {closes && open ? (
            <>
              <Link href={`/seances/${session.id}/signer`}>Faire signer sur cette tablette</Link>, ou imprimez cette
              page
            </>
          ) : (
            "Imprimez cette page"
          )}{" "}
          : chacun signe sa ligne. Les présences se notent ensuite{" "}
          <Link href={`/seances/${session.id}/presences`}>sur la page des présences</Link>.
        </p>
        <dl class="facts">
          {[
            ["Organisme", at.scope.houseName],
            ["Action", `${session.programme}, ${session.kind}`],
            ["Date", day(session.startsOn)],
            [
              "Horaire",
              [session.startsAt ? hour(session.startsAt) : null, lengthWords(session.minutes)]
                .filter(Boolean)
                .join(", "),
            ],
            ["Lieu", placeOf(session)],
            ["Animée par", session.speakers ?? ""],
          ].map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value || "…"}</dd>
            </div>
          ))}
        </dl>
        <table class="signatures">
          <caption>{plural(rows.length, "personne inscrite", "personnes inscrites")}</caption>
          <thead>
            <tr>
              <th scope="col">Nom</th>
              <th scope="col">Prénom</th>
              <th scope="col">Signature</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.personId}>
                <td>{row.familyName.toLocaleUpperCase("fr")}</td>
                <td>{row.givenName}</td>
                <td>
                  <Signed signature={signed.get(row.personId)} zone={at.scope.zone} />
                  {closes && signed.has(row.personId) ? (
                    <details class="no-print">
                      <summary>
                        Effacer<span class="visually-hidden"> la signature de {whoOf(row)}</span>
                      </summary>
                      <form method="post" action={`/seances/${session.id}/signer/${row.personId}/effacement`}>
                        <p>Elle est effacée pour de bon : la personne peut signer de nouveau.</p>
                        <button type="submit" class="danger">
                          Effacer cette signature
                        </button>
                      </form>
                    </details>
                  ) : null}
                </td>
              </tr>
            ))}
            {blank.map((turn) => (
              <tr key={turn}>
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
        <p>Signature de la personne qui anime :</p>
      </>
    ),
  });
}
