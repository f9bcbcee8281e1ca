// Row type of the public page.
import type { Generated } from "kysely";

export type PublicPagesTable = {
  house_id: string;
  about: string;
  coming: Generated<string>;
  contact: Generated<string>;
  easy_about: Generated<string>;
  easy_coming: Generated<string>;
  open: boolean;
  version: Generated<number>;
};

export type PublicTables = { "culture.public_pages": PublicPagesTable };
