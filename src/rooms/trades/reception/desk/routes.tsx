// The desk: find the person, say why they came, Enter. Every step is also a page without scripts.
import { fragment, json, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { minuteIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { dayWithoutWeekday, hour, plural } from "../../../../ui/words.ts";
import { agendaRights, keepName, lastVisits, listTerms, momentRefusal, recordVisit, visitsToAttach } from "../../../foundations/agenda/door.ts";
import { birthRefusal, createPerson, findPersons, likelyTwins, nameOf, personById, type PersonLine, PersonSummary, type TwinLine } from "../../../foundations/people/door.ts";
import { GroupForm, QuickPersonForm, VisitForm } from "../shapes.ts";
import { deskSites } from "../site.ts";
import { type DeskFacts, VisitFields } from "./form.tsx";
import { LastVisits } from "./last.tsx";

const nowOf = (at: At<unknown>): string => minuteIn(at.scope.zone, at.services.clock.now());

async function deskOf(at: At<unknown>, asked: string | undefined): Promise<DeskFacts | null> {
  const sites = await deskSites(at.tx, asked);
  if (!sites) return null;
  return { ...sites, terms: await listTerms(at.tx, { day: at.tx.today, site: sites.site.id }), today: at.tx.today, now: nowOf(at) };
}

const noSite = () => refusal(403, "Votre rôle n’est tenu pour aucun lieu ouvert : demandez à l’administrateur.");

function Results({ typed, found, site }: { typed: string; found: readonly PersonLine[]; site: string }) {
  const searching = typed.trim().length >= 2;
  return (
    <div id="accueil-resultats">
      {searching ? <p role="status">{found.length === 0 ? "Personne ne correspond." : plural(found.length, "personne trouvée", "personnes trouvées")}</p> : null}
      {searching ? (
        <ul class="results">
          {found.map((person) => (
            <li key={person.id}>
              <a class="row" href={`/accueil?lieu=${site}&personne=${person.id}`} data-pick={person.id}>
                <PersonSummary person={person} />
              </a>
            </li>
          ))}
          <li>
            <a class="row" href={`/accueil/nouvelle?lieu=${site}&nom=${encodeURIComponent(typed.trim())}`}>
              Nouvelle personne
            </a>
          </li>
        </ul>
      ) : null}
    </div>
  );
}

function VisitOf({ desk, person, name, keyed, values, mistakes }: { desk: DeskFacts; person: string | null; name: string; keyed: string; values?: Record<string, string>; mistakes?: Readonly<Record<string, string>> }) {
  return (
    <form id="accueil-saisie" method="post" action="/accueil/visites" data-visit={name} class="visit">
      <h2>Visite de {name}</h2>
      <ErrorSummary fields={mistakes ?? {}} />
      <input type="hidden" name="key" value={keyed} />
      {person ? (
        <input type="hidden" name="personne" value={person} />
      ) : (
        <RadioField name="sexe" label="Compter comme" inline value={values?.["sexe"] ?? ""} options={[{ value: "", label: "Non précisé" }, { value: "F", label: "Femme" }, { value: "M", label: "Homme" }]} />
      )}
      <VisitFields desk={desk} {...(values ? { values } : {})} {...(mistakes ? { mistakes } : {})} />
      <div class="submit">
        <button type="submit">Noter la visite</button>
        <a href={`/accueil?lieu=${desk.site.id}`}>Chercher quelqu’un d’autre</a>
      </div>
    </form>
  );
}

async function deskPage(at: At<unknown>, desk: DeskFacts, shown: { typed?: string; found?: readonly PersonLine[]; visit?: Parameters<typeof VisitOf>[0]; status?: number }) {
  const { visits, count } = await lastVisits(at.tx, desk.site.id, at.tx.today);
  const toAttach = await visitsToAttach(at.tx, [desk.site.id]);
  const typed = shown.typed ?? "";
  return page({
    title: "Accueil",
    status: shown.status ?? 200,
    scripts: ["desk"],
    body: (
      <offline-desk>
        <Heading title="Ajouter une visite">
          {desk.site.name}, {dayWithoutWeekday(at.tx.today)}, {hour(desk.now)}
        </Heading>
        <div id="accueil-reseau" role="status" />
        <div id="accueil-dit" role="status" />
        {desk.all.length > 1 ? (
          <form method="get" action="/accueil" class="filters">
            <div class="field">
              <label for="lieu">Lieu</label>
              <select id="lieu" name="lieu">
                {desk.all.map((site) => (
                  <option key={site.id} value={site.id} selected={site.id === desk.site.id}>
                    {site.name}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="second">
              Changer de lieu
            </button>
          </form>
        ) : null}
        {shown.visit ? (
          <VisitOf {...shown.visit} />
        ) : (
          <div id="accueil-saisie">
            <live-search fragment="accueil-resultats">
              <form action="/accueil" method="get" role="search">
                <input type="hidden" name="lieu" value={desk.site.id} />
                <div class="field">
                  <label for="q">Qui est là ?</label>
                  <p class="hint" id="q-aide">
                    Nom, prénom, date de naissance ou téléphone, puis flèche et Entrée
                  </p>
                  <input id="q" name="q" type="search" value={typed} autoComplete="off" autofocus aria-describedby="q-aide" />
                </div>
                <div class="submit">
                  <button type="submit" class="second">
                    Chercher
                  </button>
                  <a href={`/accueil?lieu=${desk.site.id}&sansnom=1`} data-key="s">
                    Sans nom
                  </a>
                  <a href={`/accueil/groupe?lieu=${desk.site.id}`} data-key="g">
                    Groupe
                  </a>
                  <a href={`/accueil/nouvelle?lieu=${desk.site.id}`} data-key="n">
                    Nouvelle personne
                  </a>
                </div>
              </form>
              <Results typed={typed} found={shown.found ?? []} site={desk.site.id} />
            </live-search>
          </div>
        )}
        <LastVisits site={desk.site} visits={visits} count={count} toAttach={toAttach} />
      </offline-desk>
    ),
  });
}

export function declareDesk(routes: Routes): void {
  routes.get("/accueil", { right: agendaRights["visit.record"], trace: "desk.opened" }, async (at) => {
    if (at.fragment === "accueil-resultats") {
      const typed = (at.query["q"] ?? "").slice(0, 200);
      at.nothingHappened();
      at.tx.journal({ act: "person.searched" });
      return fragment(<Results typed={typed} found={typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, 8)} site={at.query["lieu"] ?? ""} />);
    }
    const desk = await deskOf(at, at.query["lieu"]);
    if (!desk) return noSite();
    if (at.fragment === "accueil-dernieres") {
      at.nothingHappened();
      return fragment(<LastVisits site={desk.site} {...await lastVisits(at.tx, desk.site.id, at.tx.today)} toAttach={await visitsToAttach(at.tx, [desk.site.id])} />);
    }
    const id = at.query["personne"] ?? "";
    const person = isUuid(id) ? await personById(at.tx, id) : null;
    if (person && !person.merged_into && !person.anonymised_at) at.about("person", person.id);
    const visit = person && !person.anonymised_at ? { desk, person: person.merged_into ?? person.id, name: nameOf(person), keyed: at.tx.ids.uuid() } : at.query["sansnom"] ? { desk, person: null, name: "quelqu’un qui ne donne pas de nom", keyed: at.tx.ids.uuid() } : null;
    if (visit && at.fragment === "accueil-saisie") return fragment(<VisitOf {...visit} />);
    const typed = (at.query["q"] ?? "").slice(0, 200);
    return deskPage(at, desk, { typed, found: typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, 8), ...(visit ? { visit } : {}) });
  });

  const again = async (at: At<unknown>, { fields, typed }: Mistakes) => {
    const values = Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));
    const desk = await deskOf(at, values["lieu"]);
    if (!desk) return noSite();
    const id = values["personne"] ?? "";
    const person = isUuid(id) ? await personById(at.tx, id) : null;
    const visit = { desk, person: person?.id ?? null, name: person ? nameOf(person) : "quelqu’un qui ne donne pas de nom", keyed: isUuid(values["key"] ?? "") ? (values["key"] ?? "") : at.tx.ids.uuid(), values, mistakes: fields };
    if (at.fragment) return fragment(<Notice kind="error" text={Object.values(fields).join(" ")} />, 422);
    return deskPage(at, desk, { visit, status: 422 });
  };

  routes.post("/accueil/visites", { right: agendaRights["visit.record"], trace: "visit.recorded", form: VisitForm, onMistakes: again }, async (at) => {
    const { form, tx } = at;
    if (!may(at.scope, agendaRights["visit.record"], { site: form.lieu })) return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
    const occurredOn = form.jour ?? tx.today;
    const occurredAt = form.heure ?? (form.jour === null || form.jour === tx.today ? nowOf(at) : null);
    const late = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
    if (late) return again(at, { fields: { jour: late }, typed: at.typed });
    const recorded = await recordVisit(tx, { id: form.key, siteId: form.lieu, occurredOn, occurredAt, personId: form.personne, reasonId: form.motif, orientationId: form.orientation, mode: form.mode, groupId: null, unnamedSex: form.personne ? null : form.sexe });
    if (!recorded.ok) return again(at, { fields: { motif: recorded.sentence }, typed: at.typed });
    if (recorded.made) {
      at.about("visit", form.key, { site: form.lieu });
      if (form.personne === null && form.nom) await keepName(tx, form.key, form.nom, form.naissance);
    } else at.nothingHappened();
    const said = `Visite notée${occurredAt ? ` à ${hour(occurredAt)}` : ""}.`;
    if (at.fragment) return fragment(<Notice kind="success" text={said} action={{ href: `/visites/${form.key}`, label: "La voir ou la corriger" }} />);
    return redirect(`/accueil?lieu=${form.lieu}`, said);
  });

  declareNewcomer(routes);
  declareGroup(routes);

  routes.get("/accueil/cle", { right: agendaRights["visit.record"], trace: { none: "gives a fresh key for a form, no record" } }, (at) => json({ key: at.tx.ids.uuid() }));
}

function declareNewcomer(routes: Routes): void {
  type Shown = { values: Record<string, string>; mistakes?: Readonly<Record<string, string>>; twins?: readonly TwinLine[]; status?: number };
  const form = async (at: At<unknown>, { values, mistakes = {}, twins = [], status = 200 }: Shown) => {
    const desk = await deskOf(at, values["lieu"] ?? at.query["lieu"]);
    if (!desk) return noSite();
    const field = (name: string, label: string) => ({ name, label, value: values[name], error: mistakes[name] });
    return page({
      title: "Nouvelle personne",
      status,
      crumbs: [{ href: `/accueil?lieu=${desk.site.id}`, label: "Accueil" }],
      body: (
        <>
          <Heading title="Nouvelle personne et sa visite" />
          <ErrorSummary fields={mistakes} />
          <form method="post" action="/accueil/nouvelle" data-draft="nouvelle">
            <input type="hidden" name="key" value={values["key"] || at.tx.ids.uuid()} />
            <input type="hidden" name="visite" value={values["visite"] || at.tx.ids.uuid()} />
            {twins.length > 0 ? (
              <div class="notice notice-warn" role="alert">
                <strong>Cette personne a peut-être déjà une fiche</strong>
                <ul class="results">
                  {twins.map((twin) => (
                    <li key={twin.id}>
                      <a class="row" href={`/accueil?lieu=${desk.site.id}&personne=${twin.id}`}>
                        <PersonSummary person={twin} />
                        <span>C’est elle ou lui : noter la visite</span>
                      </a>
                    </li>
                  ))}
                </ul>
                <button type="submit" name="confirmed" value="1">
                  C’est bien une nouvelle personne : enregistrer
                </button>
              </div>
            ) : null}
            <RadioField {...field("sexe", "Sexe")} inline options={[{ value: "F", label: "Femme" }, { value: "M", label: "Homme" }, { value: "X", label: "Autre" }]} />
            <div class="fields">
              <TextField {...field("nom", "Nom")} autofocus />
              <TextField {...field("prenom", "Prénom")} />
              <DateField {...field("naissance", "Date de naissance")} />
              <TextField {...field("telephone", "Téléphone")} type="tel" inputmode="tel" required={false} />
            </div>
            <VisitFields desk={desk} values={values} mistakes={mistakes} />
            <div class="submit">
              <button type="submit">Enregistrer la fiche et la visite</button>
            </div>
          </form>
        </>
      ),
    });
  };
  const plain = (typed: Record<string, string[]>) => Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));

  routes.get("/accueil/nouvelle", { right: agendaRights["visit.record"], trace: { none: "an empty form" } }, (at) => form(at, { values: { nom: (at.query["nom"] ?? "").slice(0, 100), lieu: at.query["lieu"] ?? "" } }));
  routes.post(
    "/accueil/nouvelle",
    { right: agendaRights["visit.record"], trace: "visit.recorded", form: QuickPersonForm, onMistakes: (at, { fields, typed }) => form(at, { values: plain(typed), mistakes: fields, status: 422 }) },
    async (at) => {
      const { tx } = at;
      const values = plain(at.typed);
      if (!may(at.scope, agendaRights["visit.record"], { site: at.form.lieu })) return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const facts = { sex: at.form.sexe as "F" | "M" | "X" | null, familyName: at.form.nom, birthName: null, givenName: at.form.prenom, birthDate: at.form.naissance, phone: at.form.telephone, email: null, address: null, postalCode: null, communeName: null, siteId: at.form.lieu };
      const occurredOn = at.form.jour ?? tx.today;
      const occurredAt = at.form.heure ?? (occurredOn === tx.today ? nowOf(at) : null);
      const wrongBirth = facts.birthDate ? birthRefusal(facts.birthDate, tx.today) : null;
      const wrongMoment = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
      if (wrongBirth || wrongMoment) return form(at, { values, mistakes: { ...(wrongBirth ? { naissance: wrongBirth } : {}), ...(wrongMoment ? { jour: wrongMoment } : {}) }, status: 422 });
      if (!at.form.confirmed) {
        const twins = (await likelyTwins(tx, facts)).filter((twin) => twin.id !== at.form.key);
        if (twins.length > 0) {
          at.nothingHappened();
          return form(at, { values, twins });
        }
      }
      const person = await createPerson(tx, facts, at.form.key);
      if (person.made) tx.journal({ act: "person.created", subject: { kind: "person", id: person.id } });
      const recorded = await recordVisit(tx, { id: at.form.visite, siteId: at.form.lieu, occurredOn, occurredAt, personId: person.id, reasonId: at.form.motif, orientationId: at.form.orientation, mode: at.form.mode, groupId: null, unnamedSex: null });
      if (!recorded.ok) return form(at, { values, mistakes: { motif: recorded.sentence }, status: 422 });
      if (recorded.made) at.about("visit", at.form.visite, { site: at.form.lieu });
      else at.nothingHappened();
      return redirect(`/accueil?lieu=${at.form.lieu}`, `Fiche créée et visite notée pour ${nameOf({ family_name: facts.familyName, given_name: facts.givenName })}.`);
    },
  );
}

function declareGroup(routes: Routes): void {
  const form = async (at: At<unknown>, values: Record<string, string>, mistakes: Readonly<Record<string, string>>, status: number) => {
    const desk = await deskOf(at, values["lieu"] ?? at.query["lieu"]);
    if (!desk) return noSite();
    const field = (name: string, label: string) => ({ name, label, value: values[name] ?? "0", error: mistakes[name], type: "number" as const, width: "short" as const });
    return page({
      title: "Groupe",
      status,
      crumbs: [{ href: `/accueil?lieu=${desk.site.id}`, label: "Accueil" }],
      body: (
        <>
          <Heading title="Un groupe">Chaque personne du groupe compte pour une visite ; sans nom, elle n’est pas comptée parmi les personnes différentes.</Heading>
          <ErrorSummary fields={mistakes} />
          <form method="post" action="/accueil/groupe" data-draft="groupe">
            <input type="hidden" name="key" value={values["key"] || at.tx.ids.uuid()} />
            <div class="fields">
              <TextField {...field("femmes", "Femmes sans nom")} autofocus />
              <TextField {...field("hommes", "Hommes sans nom")} />
              <TextField {...field("autres", "Sans nom, sexe non précisé")} />
            </div>
            <TextField name="noms" label="Personnes connues" hint="Codes des fiches, séparés par des espaces" required={false} value={values["noms"]} error={mistakes["noms"]} />
            <VisitFields desk={desk} values={values} mistakes={mistakes} />
            <div class="submit">
              <button type="submit">Noter le groupe</button>
            </div>
          </form>
        </>
      ),
    });
  };
  const plain = (typed: Record<string, string[]>) => Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));

  routes.get("/accueil/groupe", { right: agendaRights["visit.record"], trace: { none: "an empty form" } }, (at) => form(at, { lieu: at.query["lieu"] ?? "" }, {}, 200));
  routes.post("/accueil/groupe", { right: agendaRights["visit.record"], trace: "visit.group-recorded", form: GroupForm, onMistakes: (at, { fields, typed }) => form(at, plain(typed), fields, 422) }, async (at) => {
    const { tx } = at;
    const wrong = (name: string, sentence: string) => form(at, plain(at.typed), { [name]: sentence }, 422);
    if (!may(at.scope, agendaRights["visit.record"], { site: at.form.lieu })) return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
    const unnamed = [...Array<"F">(at.form.femmes).fill("F"), ...Array<"M">(at.form.hommes).fill("M"), ...Array<null>(at.form.autres).fill(null)];
    const codes = [...new Set(at.form.noms.toUpperCase().split(/[\s,;]+/).filter(Boolean))];
    const named: string[] = [];
    for (const code of codes.slice(0, 100)) {
      const [person] = await findPersons(tx, code, 1);
      if (!person) return wrong("noms", `Le code ${code} n’est celui d’aucune fiche.`);
      named.push(person.id);
    }
    const count = unnamed.length + named.length;
    if (count === 0) return wrong("femmes", "Un groupe a au moins une personne.");
    if (count > 100) return wrong("femmes", "Un groupe a au plus 100 personnes : notez-en deux.");
    const occurredOn = at.form.jour ?? tx.today;
    const occurredAt = at.form.heure ?? (occurredOn === tx.today ? nowOf(at) : null);
    const late = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
    if (late) return wrong("jour", late);
    const common = { siteId: at.form.lieu, occurredOn, occurredAt, reasonId: at.form.motif, orientationId: at.form.orientation, mode: at.form.mode, groupId: at.form.key };
    // The first row bears the form's key: a second sending of the form finds it and adds nobody.
    const visitors: { personId: string | null; unnamedSex: "F" | "M" | null }[] = [...named.map((personId) => ({ personId, unnamedSex: null })), ...unnamed.map((unnamedSex) => ({ personId: null, unnamedSex }))];
    for (const [turn, visitor] of visitors.entries()) {
      const recorded = await recordVisit(tx, { ...common, ...visitor, id: turn === 0 ? at.form.key : tx.ids.uuid() });
      if (!recorded.ok) return wrong("motif", recorded.sentence);
      if (!recorded.made) {
        at.nothingHappened();
        break;
      }
      if (turn === 0) at.about("visit", at.form.key, { site: at.form.lieu, people: count });
    }
    return redirect(`/accueil?lieu=${at.form.lieu}`, `Groupe noté : ${plural(count, "visite", "visites")}.`);
  });
}
