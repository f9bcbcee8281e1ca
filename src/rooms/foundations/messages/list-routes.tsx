// What left the house and what waits to: the list with its filters, the same as a file.
import { readInBatches } from "../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../core/exporting/list.ts";
import { page, refusal } from "../../../core/http/answer.ts";
import type { At, Routes } from "../../../core/http/route.ts";
import { readDay } from "../../../core/importing/values.ts";
import { may } from "../../../core/rights.ts";
import { addDays, dayIn, minuteIn } from "../../../core/time.ts";
import { ExportLink } from "../../../ui/export-link.tsx";
import { DateField, SelectField } from "../../../ui/fields.tsx";
import { Pager } from "../../../ui/figures.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { hour, plural, shortDay } from "../../../ui/words.ts";
import { countMessages, type MessageFilter, type MessageLine, messageList } from "./reads.ts";
import { rights } from "./rights.ts";
import { channelWords, isPurpose, purposes, stateWords } from "./words.ts";

const pageSize = 50;

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** "01/12/2020 à 9 h 05", in the house's zone. */
export const momentIn = (zone: string, at: Date): string =>
  `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;

export const stateOf = (message: Pick<MessageLine, "state" | "via">): string =>
  message.state === "sent" && message.via === "outbox" ? "gardé ici, à envoyer à la main" : stateWords[message.state];

export const purposeOf = (purpose: string): string => (isPurpose(purpose) ? purposes[purpose] : purpose);

function filterOf(at: At<unknown>): { filter: MessageFilter; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, usual: string): string => {
    const typed = at.query[name]?.trim() ?? "";
    if (typed === "") return usual;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return usual;
  };
  const to = dayOf("a", addDays(at.tx.today, 31));
  const from = dayOf("de", addDays(at.tx.today, -31));
  if (from > to) mistakes.de ??= "Le premier jour vient après le dernier.";
  const one = (name: string, words: Readonly<Record<string, string>>): string | undefined => {
    const asked = at.query[name] ?? "";
    return Object.hasOwn(words, asked) ? asked : undefined;
  };
  const filter = {
    from,
    to,
    state: one("etat", stateWords),
    purpose: one("objet", purposes),
    channel: one("canal", channelWords),
  };
  return { filter, mistakes };
}

const exported = (zone: string): readonly ListColumn<MessageLine>[] => [
  { label: "Prévu le", cell: (message) => ({ day: dayIn(zone, message.plannedAt) }) },
  { label: "Prévu à", cell: (message) => minuteIn(zone, message.plannedAt) },
  { label: "Objet", cell: (message) => purposeOf(message.purpose) },
  { label: "Canal", cell: (message) => channelWords[message.channel] },
  { label: "Destinataire", cell: (message) => message.recipient },
  { label: "Fiche", cell: (message) => message.personCode },
  { label: "État", cell: stateOf },
  { label: "Essais", cell: (message) => message.tries },
  { label: "Envoyé le", cell: (message) => (message.sentAt ? { day: dayIn(zone, message.sentAt) } : null) },
  { label: "Parties de SMS", cell: (message) => message.parts },
  { label: "Identifiant", cell: (message) => message.id },
];

export function declareMessageList(routes: Routes): void {
  const right = rights["message.see"];
  routes.get("/messages", { right, trace: "messages.listed" }, async (at) => {
    const { filter, mistakes } = filterOf(at);
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const cut = { skip: number * pageSize, most: pageSize + 1 };
    const { rows } = await messageList(at.tx, filter, cut).execute(at.tx.on());
    const { count, waiting } = await countMessages(at.tx, filter);
    const query = new URLSearchParams({ ...at.query });
    for (const name of ["page", "dit", "sceau"]) query.delete(name);
    const zone = at.scope.zone;
    return page({
      title: "Messages",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading
            title="Messages"
            {...(may(at.scope, rights["message.rule"], { site: null })
              ? { action: { href: "/messages/reglages", label: "Régler et suspendre" } }
              : {})}
          >
            Courriels et SMS que la maison envoie aux personnes et aux partenaires, prévus du {shortDay(filter.from)} au{" "}
            {shortDay(filter.to)}
            {"\u00a0"}: {plural(count, "message", "messages")}.
          </Heading>
          {waiting > 0 ? (
            <Notice
              kind="warn"
              text={`${plural(waiting, "message attend", "messages attendent")} que quelqu’un décide : peut-être envoyés, ou refusés par le serveur.`}
              action={{ href: "/messages?etat=doubtful", label: "Voir ceux qui sont peut-être envoyés" }}
            />
          ) : null}
          <form method="get" action="/messages" class="filters">
            <DateField
              name="de"
              label="Du"
              value={mistakes.de ? at.query.de : shortDay(filter.from)}
              error={mistakes.de}
            />
            <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(filter.to)} error={mistakes.a} />
            <SelectField name="etat" label="État" empty="tous" value={filter.state} options={options(stateWords)} />
            <SelectField name="objet" label="Objet" empty="tous" value={filter.purpose} options={options(purposes)} />
            <SelectField
              name="canal"
              label="Canal"
              empty="tous"
              value={filter.channel}
              options={options(channelWords)}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {count > 0 ? (
            <p class="no-print">
              <ExportLink
                href={`/messages/export.csv?${query}`}
                count={count}
                words={["ce message", "message", "messages"]}
              />
            </p>
          ) : null}
          <DataTable
            caption="Messages, les derniers d’abord"
            hideCaption
            rows={rows.slice(0, pageSize)}
            rowKey={(message) => message.id}
            empty={
              <p>
                Aucun message de cette sorte entre ces deux jours. Les enquêtes, les orientations et les rappels en
                écrivent{"\u00a0"}; ils partent d’eux-mêmes.
              </p>
            }
            columns={[
              {
                key: "when",
                label: "Prévu",
                header: true,
                render: (message) => <a href={`/messages/${message.id}`}>{momentIn(zone, message.plannedAt)}</a>,
              },
              { key: "purpose", label: "Objet", render: (message) => purposeOf(message.purpose) },
              { key: "channel", label: "Canal", render: (message) => channelWords[message.channel] },
              { key: "to", label: "Destinataire", render: (message) => message.recipient ?? "effacé" },
              { key: "state", label: "État", render: stateOf },
            ]}
          />
          <Pager
            count={plural(count, "message", "messages")}
            first={number > 0 ? `/messages?${query}` : undefined}
            next={
              rows.length > pageSize
                ? `/messages?${new URLSearchParams([...query, ["page", String(number + 2)]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });

  routes.get("/messages/export.csv", { right, trace: "messages.exported" }, (at) => {
    const { filter, mistakes } = filterOf(at);
    if (Object.keys(mistakes).length > 0) return refusal(422, Object.values(mistakes).join(" "));
    return csvFile(
      `messages-${filter.from}-${filter.to}`,
      exported(at.scope.zone),
      readInBatches<MessageLine>(at.tx, { compile: () => messageList(at.tx, filter).compile(at.tx.on()) }),
    );
  });
}
