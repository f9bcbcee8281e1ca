// Forms marked `data-passkey` ask the browser for a passkey when they are sent, put its answer in their hidden field, and go.
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";

const said: Record<string, string> = {
  NotAllowedError: "La demande a été refusée, ou elle a duré trop longtemps. Réessayez.",
  InvalidStateError: "Cet appareil a déjà une clé d’accès pour ce compte.",
  NotSupportedError: "Cet appareil ne sait pas faire de clé d’accès.",
  SecurityError: "Cette adresse ne permet pas les clés d’accès.",
};

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    const answer = form.querySelector<HTMLInputElement>("input[name=reponse]");
    if (!answer || answer.value) return;
    event.preventDefault();
    const speak = form.querySelector("[data-passkey-said]");
    const optionsJSON = JSON.parse(form.dataset.options ?? "{}");
    const asked =
      form.dataset.passkey === "make" ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON });
    asked.then(
      (given) => {
        answer.value = JSON.stringify(given);
        form.submit();
      },
      (error: Error) => {
        if (speak) speak.textContent = said[error.name] ?? "La clé d’accès n’a pas répondu. Réessayez.";
      },
    );
  });
}
