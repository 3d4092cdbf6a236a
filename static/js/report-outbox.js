// On every page of an official: how much waits for signal, sending it, the worker, the pages that the phone should have
// before the signal goes, and the question before signing out.
import { CHANNEL, filesOf, getWho, isWaiting, reportsOf, setWho } from "./report-store.js";
import { sendAll } from "./report-send.js";

export const box = document.querySelector("[data-outbox]");
export const owner = box?.dataset.person;
const line = box?.querySelector("[data-outbox-words]");
const STATIC = "ksbb-statis";
const AGAIN_MS = [5000, 15000, 60000, 300000];

export const pagesOf = (who) => `ksbb-halaman-${who}`;

export const waitingOf = async () => {
  const reports = await reportsOf(owner);
  const rows = await Promise.all(reports.map(async (report) => ({ report, files: await filesOf(report.key) })));
  return rows.filter(({ report, files }) => isWaiting(report, files));
};

// A dead signal is remembered for a while, so that nobody waits for it again at every step.
const DEAD_MS = 60000;
export const isDead = () =>
  !navigator.onLine || Date.now() - Number(sessionStorage.getItem("ksbb-dead") ?? 0) < DEAD_MS;
export const rememberSignal = (isThere) =>
  isThere ? sessionStorage.removeItem("ksbb-dead") : sessionStorage.setItem("ksbb-dead", String(Date.now()));
// Whether the last try ended before all was sent.
let isStuck = false;

export const showLine = async (progress) => {
  const rows = await waitingOf();
  const refused = rows.filter(({ report }) => report.error).length;
  const words = box.dataset;
  // What is on its way at this moment is no news, and a line that comes and goes would move the page under a finger.
  box.hidden = rows.length === 0 || !(refused || isDead() || isStuck || progress?.total);
  if (refused) line.textContent = words.refused.replace("%s", refused);
  else if (progress?.total) line.textContent = words.sending.replace("%1", progress.sent).replace("%2", progress.total);
  else line.textContent = words.waiting.replace("%s", rows.length);
};

// How long a worker has to say that it heard; one that does not is none.
const HEARD_MS = 4000;
let tries = 0;
let timer;
// What came of a sending: where there was no signal it is tried again later.
const take = async (found) => {
  if (found.state !== "busy") {
    rememberSignal(found.state !== "signal");
    isStuck = !["done", "sent"].includes(found.state);
  }
  if (found.state === "signal") {
    clearTimeout(timer);
    timer = setTimeout(sendOn, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    tries += 1;
    askToBeWoken();
  } else if (found.state !== "busy") tries = 0;
  await showLine();
  return found;
};

// Sends what waits, for whoever wants to hear at once what came of it.
export const trySending = async (options = {}) => {
  clearTimeout(timer);
  return take(await sendAll(owner, options));
};

// The worker outlives the page: what it sends is not begun again when somebody goes on. Whether it took it over.
const handToWorker = (options) =>
  new Promise((resolve) => {
    const worker = navigator.serviceWorker?.controller;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(resolve, worker ? HEARD_MS : 0, false);
    worker?.postMessage({ owner, ...options }, [port2]);
  });

// Sends what waits; what came of it comes through the channel.
export const sendOn = async (options = {}) => {
  clearTimeout(timer);
  if (!navigator.onLine || !(await handToWorker(options))) await trySending(options);
};

// Where the browser can, it wakes the worker once there is signal, also with all pages closed.
export const askToBeWoken = async () => {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("ksbb-laporan").catch(() => {});
};

const keepFiles = async (html) => {
  const statics = await caches.open(STATIC);
  const needed = new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, file]) => file));
  const there = new Set((await statics.keys()).map((request) => new URL(request.url).pathname));
  await Promise.all([...needed].filter((file) => !there.has(file)).map((file) => statics.add(file)));
};

// Pages by their addresses, and what they are made of, before the signal goes.
// A page that is kept is whole: what it is made of comes first.
const keep = async (pages) => {
  await keepFiles(Object.values(pages).join(""));
  const cache = await caches.open(pagesOf(owner));
  for (const [page, html] of Object.entries(pages)) {
    const kept = new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "KSBB-Person": owner } });
    await cache.put(page, kept);
  }
};

// Once while the tab is open, and again when the report was begun, since its addresses are others then.
const keepReport = async (address) => {
  const mark = `ksbb-kit ${address} ${document.querySelector("[data-report]")?.dataset.base ?? ""}`;
  if (sessionStorage.getItem(mark)) return;
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) return;
  await keep((await answer.json()).pages);
  sessionStorage.setItem(mark, "kept");
};

const keepThisPage = async () => {
  const cache = await caches.open(pagesOf(owner));
  for (const address of [location.pathname, box.dataset.queue]) {
    if (await cache.match(address)) continue;
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.ok && answer.headers.get("KSBB-Person") === owner) await keep({ [address]: await answer.text() });
  }
  await keepFiles(document.documentElement.outerHTML);
};

// Whoever was here before: their pages go, what they wrote stays for when they come back.
const takeOver = async () => {
  if ((await getWho()) === owner) return;
  for (const name of await caches.keys()) {
    if (name.startsWith("ksbb-halaman-") && name !== pagesOf(owner)) await caches.delete(name);
  }
  await setWho(owner);
};

const askBeforeLeaving = () => {
  const dialog = document.querySelector("[data-outbox-leaving]");
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.action.endsWith(box.dataset.leave) || form.dataset.sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const rows = await waitingOf();
    form.dataset.sure = "yes";
    if (rows.length === 0) {
      form.requestSubmit();
      return;
    }
    dialog.showModal();
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue === "keluar") form.requestSubmit();
        else delete form.dataset.sure;
      },
      { once: true },
    );
  }, true);
};

const loaded = new Promise((resolve) => {
  window.addEventListener("load", resolve, { once: true });
});

const begin = async () => {
  await takeOver();
  askBeforeLeaving();
  await showLine();
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => (data.state ? take(data) : showLine(data)));
  window.addEventListener("online", () => sendOn());
  document.addEventListener("visibilitychange", () => document.hidden || sendOn());
  if (navigator.serviceWorker) {
    // After the page itself: what is kept for later may wait.
    await loaded;
    await navigator.serviceWorker.register(box.dataset.worker, { updateViaCache: "none" }).catch(() => {});
    await keepThisPage().catch(() => {});
    for (const { dataset } of document.querySelectorAll("[data-kit]")) await keepReport(dataset.kit).catch(() => {});
  }
  await sendOn();
};

// A phone that keeps nothing (a private window, perhaps) sends its forms as they are.
if (box && navigator.locks && window.indexedDB) begin().catch(() => {});
