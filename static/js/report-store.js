// What the phone keeps of reports, in IndexedDB: each report with the fields of its steps as last typed, each photo or
// file by itself, and whose phone it is just now. Shared by pages and worker.

// A report:
//   key (made here), owner (mark of the person), base (address of its steps), title, number, delivery (address), steps,
//   seen, begun (ms), fields { step: { pairs, said, ready, sent } }, finished, anyway, error, done (address of the receipt)
// A file:
//   id, key (of its report), step, field, name, blob, caption, sha256, takenAt, latitude, longitude, sent, error
const DATABASE = "ksbb-laporan";
export const CHANNEL = "ksbb-laporan";
let opened;

export const store = () => {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "key" });
      asked.result.createObjectStore("files", { keyPath: "id", autoIncrement: true }).createIndex("key", "key");
      asked.result.createObjectStore("meta");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
};

// One transaction: `act` gets the stores by name and gives a request (or nothing), whose result comes back once all of
// it is written. Rejects with QuotaExceededError where the phone is full; nothing is changed then.
const within = async (names, mode, act) => {
  // On the disk before it counts as kept: a phone's battery ends without notice.
  const transaction = (await store()).transaction(names, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const request = act(stores);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    transaction.onerror = () => reject(transaction.error);
  });
};

export const getWho = () => within(["meta"], "readonly", ({ meta }) => meta.get("who"));
export const setWho = (who) => within(["meta"], "readwrite", ({ meta }) => meta.put(who, "who"));

export const reportOf = (key) => within(["reports"], "readonly", ({ reports }) => reports.get(key));

// All of one person's, the oldest first.
export const reportsOf = async (owner) => {
  const all = await within(["reports"], "readonly", ({ reports }) => reports.getAll());
  return all.filter((report) => report.owner === owner).sort((one, other) => one.begun - other.begun);
};

export const filesOf = (key) => within(["files"], "readonly", ({ files }) => files.index("key").getAll(key));
export const putFile = (file) => within(["files"], "readwrite", ({ files }) => files.put(file));
export const dropFile = (id) => within(["files"], "readwrite", ({ files }) => files.delete(id));
export const putReport = (report) => within(["reports"], "readwrite", ({ reports }) => reports.put(report));

// Reads, lets `change` alter, and writes one row as one step, so that a page and the worker do not undo each other's.
const changeIn = (name, key, change) =>
  within([name], "readwrite", ({ [name]: rows }) => {
    const asked = rows.get(key);
    asked.onsuccess = () => {
      if (!asked.result) return;
      change(asked.result);
      rows.put(asked.result);
    };
    return asked;
  });
export const changeReport = (key, change) => changeIn("reports", key, change);
export const changeFile = (id, change) => changeIn("files", id, change);

// What is wrong with a step that was changed, or whose signatures went, and from which nobody went on.
export const unready = (step) => ({ code: "fields", step, text: "", errors: [], at: Date.now() });

export const dropReport = async (key) => {
  const files = await filesOf(key);
  await within(["reports", "files"], "readwrite", ({ reports, files: kept }) => {
    reports.delete(key);
    for (const file of files) kept.delete(file.id);
  });
};

// Whether something of it is still only on this phone, and is meant to be sent.
export const isWaiting = (report, files) =>
  !report.done &&
  (report.finished ||
    files.some((file) => file.key === report.key && !file.sent) ||
    Object.values(report.fields).some((step) => step.ready && !step.sent));

export const tell = (about) => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(about);
  channel.close();
};
