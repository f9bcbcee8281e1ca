// The room of what the house sends: letters and short messages, written here by other rooms, sent by a job, seen and paused by people.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { PersonLink, PersonPanel, Room } from "../../../core/room.ts";
import { dayIn, minuteIn } from "../../../core/time.ts";
import { messagesList, purposeOf, stateOf } from "./list.tsx";
import { declareMessage } from "./message-routes.tsx";
import { messagesOfPerson } from "./reads.ts";
import { rights } from "./rights.ts";
import { withLink } from "./rules.ts";
import { sendMessages } from "./sending.ts";
import { declareSettings } from "./settings-routes.tsx";
import { channelWords, journalWords } from "./words.ts";
import { forgetMessages, forgetPersons, ruleMessages } from "./writes.ts";

const ofPerson: PersonPanel = {
  order: 90,
  right: rights["message.see"],
  show: async (tx, person, most) => ({
    timeline: (await messagesOfPerson(tx, person, most)).map((message) => {
      const at = message.sentAt ?? message.plannedAt;
      return {
        day: dayIn(tx.scope.zone, at),
        hour: minuteIn(tx.scope.zone, at),
        kind: "Message",
        text: (
          <a href={`/messages/${message.id}`}>
            {channelWords[message.channel]}, {purposeOf(message.purpose)} : {stateOf(message)}
          </a>
        ),
      };
    }),
  }),
};

const personLinks: readonly PersonLink[] = [
  {
    table: "messages.messages",
    column: "person_id",
    key: ["id"],
    label: "messages",
    describe: async (tx, person) =>
      (await messagesOfPerson(tx, person, 100_000)).map((message) => ({
        Jour: dayIn(tx.scope.zone, message.sentAt ?? message.plannedAt),
        Canal: channelWords[message.channel],
        Objet: message.subject ?? purposeOf(message.purpose),
        Destinataire: message.recipient,
        État: stateOf(message),
        Texte: withLink(message.body, "[lien personnel]"),
      })),
    beforeAnonymising: forgetPersons,
  },
];

const routes = declareRoutes();
declareList(routes, messagesList);
declareSettings(routes);
declareMessage(routes);

export const messagesRoom: Room = {
  name: "messages",
  uses: ["house", "people"],
  rights,
  routes,
  lists: [messagesList],
  menu: [{ href: "/messages", label: "Messages", right: rights["message.see"], order: 78 }],
  personPanels: [ofPerson],
  personLinks,
  jobs: [
    {
      name: "messages.forget",
      cron: "40 3 * * *",
      sentence: "Efface les textes et les adresses des messages anciens, et les liens périmés.",
      run: forgetMessages,
    },
  ],
  errands: [sendMessages],
  journalWords,
  furnish: (tx) =>
    ruleMessages(tx, {
      fromDay: "2000-01-01",
      quietFrom: "20:00",
      quietTo: "08:00",
      quietSunday: true,
      keepMonths: 12,
      source: "choix de la maison",
    }),
};
