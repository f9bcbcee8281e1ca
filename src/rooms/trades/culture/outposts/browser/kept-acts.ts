// What a volunteer did on the spot and the house has not taken yet, in the browser's own database. Each act bears its key: however often it
// is sent, it is done once.

/** `account`: who did it. `refused`: why the house did not take it; it waits for somebody to decide. */
export type KeptAct = {
  key: string;
  session: string;
  account: string;
  path: string;
  kind: string;
  fields: [string, string][];
  at: number;
  refused?: string;
};

let opened: Promise<IDBDatabase> | null = null;
const database = (): Promise<IDBDatabase> => {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("traboule-sur-place", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("acts", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

/** Waits for the transaction's end: only then is an act on the disk. */
async function inStore<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  const transaction = (await database()).transaction("acts", mode);
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore("acts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const keepAct = (act: KeptAct): Promise<unknown> => inStore("readwrite", (store) => store.put(act));
export const forgetAct = (key: string): Promise<unknown> => inStore("readwrite", (store) => store.delete(key));

/** What waits, the oldest first. */
export const keptActs = async (): Promise<KeptAct[]> =>
  (await inStore("readonly", (store) => store.getAll() as IDBRequest<KeptAct[]>)).sort((a, b) => a.at - b.at);
