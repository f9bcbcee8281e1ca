// The imports' room: a file is sent, its columns recognised or named by hand, tried without writing, imported, and can be taken back.
import { declareRoutes } from "../../core/http/route.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { declareList } from "../../core/lists/routes.ts";
import type { Room } from "../../core/room.ts";
import { declareColumns } from "./column-routes.tsx";
import { declareDrafts } from "./draft-routes.tsx";
import { dropOldDrafts } from "./drafts.ts";
import { declareImport } from "./import-routes.tsx";
import { makeImportsList } from "./list.tsx";
import { rights } from "./rights.ts";
import { declareUpload } from "./upload-routes.tsx";
import type { Works } from "./works.ts";

/** `kinds`: the files that the rooms can read; `works`: what runs outside of requests. */
export function makeImportsRoom(kinds: () => readonly ImportKind[], works: Works): Room {
  const routes = declareRoutes();
  const list = makeImportsList(kinds);
  declareList(routes, list);
  declareUpload(routes, kinds, works);
  declareColumns(routes, kinds, works);
  declareDrafts(routes, kinds, works);
  declareImport(routes, kinds, works);
  return {
    name: "imports",
    uses: [],
    rights,
    routes,
    menu: [{ href: "/imports", label: "Imports", right: rights["import.run"], order: 75 }],
    lists: [list],
    jobs: [
      {
        name: "imports-sweep",
        cron: "15 3 * * *",
        sentence: "Oublie les fichiers envoyés pour un import et laissés sans suite depuis un jour.",
        run: async (tx) => ({ dropped: await dropOldDrafts(tx) }),
      },
    ],
    journalWords: {
      "import.listed": "a ouvert les imports",
      "import.exported": "a exporté la liste des imports",
      "import.sent": "a envoyé un fichier à importer",
      "import.opened": "a ouvert les colonnes d’un fichier à importer",
      "import.mapped": "a nommé les colonnes d’un fichier à importer",
      "import.tried": "a regardé l’essai d’un import",
      "import.retried": "a fait essayer de nouveau un fichier à importer",
      "import.listed-rows": "a pris la liste des lignes à regarder d’un fichier à importer",
      "import.asked": "a fait importer un fichier",
      "import.dropped": "a abandonné un fichier à importer",
      "import.applied": "a importé un fichier",
      "import.seen": "a regardé un import",
      "import.undo-seen": "a regardé ce que l’annulation d’un import ferait",
      "import.undo-asked": "a demandé l’annulation d’un import",
      "import.undone": "a annulé un import",
    },
  };
}
