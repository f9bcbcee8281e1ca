// What a door noted and the house has not read yet, in the browser's own database. Each line has its identifier: however often it is sent,
// it is counted once.
import type { CheckIn } from "../rule.ts";

export type Waiting = CheckIn & { date: string; booking: string };

let opened: Promise<IDBDatabase> | null = null;
const database = (): Promise<IDBDatabase> => {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("traboule-porte", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("lines", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

/** Waits for the transaction's end: only then is a line on the disk. */
async function inStore<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  const transaction = (await database()).transaction("lines", mode);
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore("lines"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const keep = (line: Waiting): Promise<unknown> => inStore("readwrite", (store) => store.put(line));
export const forget = (id: string): Promise<unknown> => inStore("readwrite", (store) => store.delete(id));
export const waitingAt = async (date: string): Promise<Waiting[]> =>
  (await inStore("readonly", (store) => store.getAll() as IDBRequest<Waiting[]>)).filter((line) => line.date === date);
