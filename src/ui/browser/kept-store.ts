// What a browser keeps until the house has taken it, in its own database: it outlives a reload, a cut line and a dead battery.

export type KeptStore<Entry> = {
  put(entry: Entry): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  all(): Promise<Entry[]>;
};

/** One store of a database of its own, opened when it is first needed. `key`: the entry's field that names it. Rejects where nothing can be kept. */
export function keptStore<Entry>(database: string, store: string, key: string & keyof Entry): KeptStore<Entry> {
  let opened: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: key });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  };
  /** Waits for the transaction's end, not for the request's: only then is an entry on the disk. */
  async function within<R>(mode: IDBTransactionMode, act: (entries: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    const transaction = (await open()).transaction(store, mode);
    return new Promise((resolve, reject) => {
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }
  return {
    put: (entry) => within("readwrite", (entries) => entries.put(entry)),
    delete: (name) => within("readwrite", (entries) => entries.delete(name)),
    all: () => within("readonly", (entries) => entries.getAll() as IDBRequest<Entry[]>),
  };
}
