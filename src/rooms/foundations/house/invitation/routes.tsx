// The link of an invitation, or of a new password: opened by anyone who holds it, once, until its day.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { sessionCookie } from "../../../../core/http/session.ts";
import { whyNotPassword } from "../rules.ts";
import { ChoosePassword } from "../sign-in/pages.tsx";
import { type OpenInvitation, openInvitation } from "../sign-in/reads.ts";
import { fromOf } from "../sign-in/routes.tsx";
import { useInvitation } from "../sign-in/writes.ts";

const gone = (): Answer =>
  refusal(
    404,
    "Ce lien a déjà servi, ou son délai est passé. Demandez-en un nouveau à la personne qui administre les comptes de votre maison.",
  );

const show = (token: string, invitation: OpenInvitation, mistakes?: Record<string, string>): Answer =>
  page({
    status: mistakes ? 422 : 200,
    title: "Choisir un mot de passe",
    bare: true,
    body: (
      <ChoosePassword
        token={token}
        name={invitation.account_name}
        email={invitation.email}
        house={invitation.house_name}
        purpose={invitation.purpose}
        {...(mistakes ? { mistakes } : {})}
      />
    ),
  });

const passwordForm = z.object({ password: z.string().max(1000).default(""), again: z.string().max(1000).default("") });

/** Why two typed passwords cannot be taken, by field; null when they can. */
export function passwordMistakes(
  form: { password: string; again: string },
  account: { email: string; name: string },
): Record<string, string> | null {
  const why = whyNotPassword(form.password, account);
  if (why) return { password: why };
  if (form.password !== form.again) return { again: "Les deux mots de passe ne sont pas les mêmes." };
  return null;
}

export function invitationRoutes(routes: Routes): void {
  routes.openGet(
    "/invitation/:token",
    { right: "anyone", trace: { none: "the link is spent by the form, not by looking" } },
    async (at) => {
      const token = at.params.token ?? "";
      const invitation = await openInvitation(at.services, token);
      return invitation ? show(token, invitation) : gone();
    },
  );

  routes.openPost(
    "/invitation/:token",
    { right: "anyone", trace: "invitation.used", form: passwordForm, onMistakes: () => gone() },
    async (at) => {
      const token = at.params.token ?? "";
      const invitation = await openInvitation(at.services, token);
      if (!invitation) return gone();
      const mistakes = passwordMistakes(at.form, { email: invitation.email, name: invitation.account_name });
      if (mistakes) return show(token, invitation, mistakes);
      const opened = await useInvitation(at.services, invitation, at.form.password, fromOf(at));
      if (!opened) return gone();
      if (opened === "second-step") return redirect("/connexion", "Mot de passe enregistré. Connectez-vous.");
      return { kind: "redirect", to: "/", cookies: [sessionCookie(at.services.config, opened.token)] };
    },
  );
}
