import type { Tx } from "../../../core/db/transaction.ts";
import type { Option } from "../../../ui/fields.tsx";
import { listSites } from "../house/door.ts";

/** The house's sites, as choices of a form. */
export const siteOptions = async (tx: Tx): Promise<Option[]> =>
  (await listSites(tx)).map((site) => ({ value: site.id, label: site.name }));
