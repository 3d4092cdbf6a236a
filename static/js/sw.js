// The worker: answers pages of an official and what they are made of from the phone where the net gives none in time, and
// sends what waits when the browser wakes it. Any other page comes from the net or, where there is none, from nowhere: the
// page of what waits stands in its place. It never answers anything else.
import { getWho, setWho, tell } from "./report-store.js";
import { sendAll } from "./report-send.js";

const PAGES = /^\/(id|en)\/(meja|pengiriman|laporan)\//;
const SIGNING = /^\/(id|en)\/(akun|masuk|daftar)\//;
// The name of a file that changes with what is in it.
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
// Signal is often there but dead: what is kept is better than waiting on.
const PATIENCE_MS = 4000;

const keptPage = async (path) => {
  const who = await getWho();
  if (!who) return undefined;
  const cache = await caches.open(`ksbb-halaman-${who}`);
  return cache.match(path, { ignoreVary: true });
};

const fetchPage = async (request) => {
  const answer = await fetch(request);
  const who = answer.headers.get("KSBB-Person");
  if (answer.ok && who) {
    const cache = await caches.open(`ksbb-halaman-${who}`);
    await cache.put(new URL(request.url).pathname, answer.clone()).catch(() => {});
  }
  return answer;
};

// In the place of a page that the phone has not got: that of what waits, which says so. None where nobody is known here.
const instead = async (request) => {
  const language = new URL(request.url).pathname.split("/")[1];
  for (const one of [language, "id", "en"]) {
    const page = await keptPage(`/${one}/laporan/menunggu/`);
    if (page) return page;
  }
  return undefined;
};

const answerInstead = async (request, error) => {
  const page = await instead(request);
  if (page) return page;
  throw error;
};

const answerPage = async (request) => {
  const kept = await keptPage(new URL(request.url).pathname);
  if (!kept) return fetchPage(request).catch((error) => answerInstead(request, error));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([fetchPage(request).catch(() => kept), late]);
};

const answerFile = async (request) => {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  return fetch(request).catch((error) => {
    if (kept) return kept;
    throw error;
  });
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    // Somebody signs in or out: until a page says who it is, nobody's pages are shown.
    if (request.mode === "navigate" && SIGNING.test(pathname)) event.waitUntil(setWho(""));
    return;
  }
  if (request.mode === "navigate" && PAGES.test(pathname)) event.respondWith(answerPage(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch((error) => answerInstead(request, error)));
  else if (pathname.startsWith("/static/") && request.destination !== "") event.respondWith(answerFile(request));
});

// What a page hands over goes on when the page is left.
const sendFor = async ({ owner, ...options }) => {
  const found = await sendAll(owner, options);
  if (found.state === "signal") await self.registration.sync?.register("ksbb-laporan").catch(() => {});
  tell(found);
};

self.addEventListener("message", (event) => {
  event.ports[0].postMessage("heard");
  event.waitUntil(sendFor(event.data));
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "ksbb-laporan") return;
  event.waitUntil(
    getWho().then(async (who) => {
      if (!who) return;
      const found = await sendAll(who);
      // The browser wakes us again.
      if (found.state === "signal") throw new Error("no signal");
    }),
  );
});
