// A step of a report. What is typed is kept on the phone as it is typed; going on never waits for a dead signal; what the
// server refused stands beside its field. Without this script the form is sent as any other.
import { CHANNEL, changeReport, filesOf, isWaiting, putReport, reportOf, reportsOf, unready } from "./report-store.js";
import { askToBeWoken, box, isDead, owner, rememberSignal, sendOn, showLine, trySending } from "./report-outbox.js";
import { attendedIn, faultsOf } from "./report-checks.js";
import { watchFiles } from "./report-files.js";
import { BEHIND_FILES_MS, BEHIND_MS } from "./report-send.js";

const page = document.querySelector("[data-report]");
const form = page && [...page.querySelectorAll("form[method=post]")].find((one) => one.querySelector(".actionbar"));
const facts = page?.dataset ?? {};
const steps = (facts.steps ?? "").split(" ");
const isLast = facts.step === steps.at(-1);
const madeAt = Date.parse(facts.now);
// How long a step waits for its answer before it leads on.
const WAIT_MS = 6000;
const SKIPPED = new Set(["csrfmiddlewaretoken"]);
// What no signature stands under, and the drawings themselves.
const UNSIGNED_STEPS = new Set(["foto", "tanda-tangan", "periksa"]);
const UNSIGNED_FIELDS = new Set(["note", "latitude", "longitude", "forget_position"]);
const DRAWINGS = new Set(["receiver", "deliverer", "witness"]);
const parsed = new Promise((resolve) => {
  document.addEventListener("DOMContentLoaded", resolve, { once: true });
});
let key;
let isChanged = false;
let isFilling = false;
let isLeaving = false;
// Whether the next page is on its way, and whether what stands in red is the page's own word.
let isGone = false;
let isHeld = false;
let typing;
let shown;
let watched;

// An address without its language.
const bare = (address) => address.replace(/^\/\w+/, "");
const inThisLanguage = (address) => facts.base.match(/^\/\w+/)[0] + bare(address);

const ours = async () => {
  const open = (await reportsOf(owner)).filter((report) => !report.done);
  return open.find((report) => report.key === facts.key) ?? open.find(({ base }) => bare(base) === bare(facts.base));
};

// The report that this page belongs to; made on the phone when there is something to keep, once for all windows.
const report = () => navigator.locks.request("ksbb-laporan-baru", findOrMake);
const findOrMake = async () => {
  const found = key ? await reportOf(key) : await ours();
  if (found) {
    key = found.key;
    return found;
  }
  navigator.storage?.persist?.();
  const { base, title, number, delivery, seen } = facts;
  const made = {
    ...{ key: crypto.randomUUID(), owner, base, title, number, delivery, seen, steps },
    ...{ begun: Date.now(), fields: {}, finished: false, error: null },
  };
  await putReport(made);
  key = made.key;
  return made;
};

const labelOf = (control) => {
  const group = control.closest("fieldset")?.querySelector("legend");
  const label = ((control.type === "radio" && group) || control.labels?.[0])?.cloneNode(true);
  for (const part of label?.querySelectorAll(".hint, .optional, input") ?? []) part.remove();
  return (label?.textContent ?? "").replace(/\s+/g, " ").trim();
};

const UNSAID = new Set(["hidden", "file", "submit", "button", "fieldset"]);

// What a reader sees of a field, for the last look without signal; nothing for what is not to be read.
const saidOf = (control) => {
  const drawn = control.type === "hidden" && control.value && control.closest("[data-pad]");
  if (drawn) return [drawn.parentElement.querySelector("h2")?.textContent.trim(), "✓"];
  if (UNSAID.has(control.type) || !control.name || control.disabled || !control.value) return null;
  if (control.type === "radio") return control.checked ? [labelOf(control), control.labels?.[0]?.textContent.trim()] : null;
  if (control.type === "checkbox") return control.checked ? [labelOf(control), "✓"] : null;
  if (control.tagName === "SELECT") return [labelOf(control), control.selectedOptions[0].textContent.trim()];
  const day = control.type === "date" && control.valueAsDate;
  const language = document.documentElement.lang;
  return [labelOf(control), day ? day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" }) : control.value];
};

const pairsOf = (one) =>
  [...new FormData(one)].filter(([name, value]) => typeof value === "string" && !SKIPPED.has(name));

// As the page came, whatever was written before this script was there.
const untouched = () => {
  const copy = form.cloneNode(true);
  copy.reset();
  return pairsOf(copy);
};

const typed = () => {
  const pairs = pairsOf(form);
  return { pairs, said: [...form.elements].map(saidOf).filter(Boolean), label: facts.label, at: Date.now() };
};

const standingUnder = ({ pairs }) => JSON.stringify(pairs.filter(([name]) => !UNSIGNED_FIELDS.has(name)));

// What was drawn stood under something else: it goes, as on the server, and has to be drawn again.
const unsign = (signing) => {
  const drawn = signing?.pairs.filter(([name, value]) => DRAWINGS.has(name) && value) ?? [];
  if (!drawn.length) return;
  signing.pairs = signing.pairs.filter((pair) => !drawn.includes(pair));
  signing.said = signing.said.filter(([, value]) => value !== "✓");
  Object.assign(signing, { ready: false, sent: 0, unsigned: true });
};

const keepTyped = async (more) => {
  const fields = { ...typed(), ready: false, sent: 0, ...more };
  await report();
  await changeReport(key, (kept) => {
    const before = kept.fields[facts.step];
    const isOther = before && standingUnder(before) !== standingUnder(fields);
    if (isOther && !UNSIGNED_STEPS.has(facts.step)) unsign(kept.fields["tanda-tangan"]);
    kept.base = inThisLanguage(kept.base);
    kept.fields[facts.step] = fields;
    kept.steps = steps;
    if (more.ready) kept.error = null;
    if (more.ready && isLast) kept.finished = true;
  });
  shown = JSON.stringify(fields.pairs);
};

// A step that nobody wrote in waits for nobody: only what is other than the page had, or than was kept last, is kept.
const keepChanged = async () => {
  clearTimeout(typing);
  if (JSON.stringify(pairsOf(form)) !== shown) await keepTyped({});
};

const fill = (pairs) => {
  const values = Map.groupBy ? Map.groupBy(pairs, ([name]) => name) : new Map();
  if (!Map.groupBy) for (const pair of pairs) values.set(pair[0], [...(values.get(pair[0]) ?? []), pair]);
  // Scripts that add rows make room first.
  isFilling = true;
  form.dispatchEvent(new CustomEvent("ksbb:fill", { detail: Object.fromEntries(pairs) }));
  for (const control of form.elements) {
    if (!control.name || control.type === "file" || SKIPPED.has(control.name)) continue;
    const told = (values.get(control.name) ?? []).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = told.includes(control.value);
    else if (told.length) control.value = told[0];
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.dispatchEvent(new Event("ksbb:filled"));
  isFilling = false;
};

const alertOf = (name, text) => {
  const alert = page.querySelector(`template[data-report-${name}]`).content.firstElementChild.cloneNode(true);
  if (text) alert.querySelector("[data-text]").textContent = text;
  page.querySelector("[data-report-alerts]").append(alert);
  return alert;
};

const showError = ({ field, text }) => {
  const control = field && form.elements.namedItem(field);
  const beside = (control?.length && !control.options ? control[0] : control)?.closest?.(".field, .tally-line, .pad");
  // What is beside something hidden is seen by nobody.
  if (!beside || beside.closest("[hidden]")) {
    alertOf("refused", text).dataset.shown = "";
    return;
  }
  // Nor what is in something folded away.
  if (beside.closest("details")) beside.closest("details").open = true;
  const line = page.querySelector("template[data-report-error]").content.firstElementChild.cloneNode(true);
  line.id = `salah-${field}`;
  line.querySelector("span").textContent = text;
  beside.classList.add("field-error");
  (beside.classList.contains("tally-line") ? beside.parentElement : beside).append(line);
  control.setAttribute?.("aria-describedby", line.id);
  control.setAttribute?.("aria-invalid", "true");
};

const clearErrors = () => {
  for (const old of page.querySelectorAll("[data-shown], [id^=salah-]")) old.remove();
  for (const old of form.querySelectorAll(".field-error:not([data-file])")) old.classList.remove("field-error");
  for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
};

// Its words, too, clear of the bar at the bottom.
const focusOnError = () => {
  (form.querySelector("[aria-invalid]") ?? page.querySelector("[data-report-alerts]")).focus?.();
  form.querySelector("[id^=salah-]")?.scrollIntoView({ block: "center" });
};

const showErrors = async () => {
  clearErrors();
  const kept = key && (await reportOf(key));
  const isUnsigned = kept?.fields[facts.step]?.unsigned;
  if (isUnsigned && !kept.error) alertOf("warning", facts.unsigned).dataset.shown = "";
  if (kept?.warning) alertOf("warning", kept.warning).dataset.shown = "";
  if (kept?.error && (kept.error.step === facts.step || kept.error.code !== "fields")) {
    const untold = isUnsigned ? facts.unsigned : facts.unready;
    for (const error of kept.error.errors?.length ? kept.error.errors : [{ text: kept.error.text || untold }]) showError(error);
    focusOnError();
    return true;
  }
  return false;
};

// What is wrong is said where it can still be mended: beside the goods, before the driver leaves.
const isFaulty = () => {
  const faults = faultsOf(form, facts, madeAt);
  if (!faults.length) return false;
  clearErrors();
  isHeld = true;
  for (const fault of faults) showError(fault);
  focusOnError();
  return true;
};

// Before handing in: a step that was changed and not gone on from, or whose signatures went, comes first. Its address.
const findUnready = async () => {
  const { fields } = (key && (await reportOf(key))) ?? { fields: {} };
  const step = steps.find((one) => one !== facts.step && fields[one] && !fields[one].ready);
  if (!step) return null;
  await changeReport(key, (kept) => {
    kept.error = unready(step);
  });
  return `${facts.base}${step}/`;
};

const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";
const failed = (error, name) => {
  for (const old of page.querySelectorAll("[data-failed]")) old.remove();
  alertOf(isFull(error) ? "full" : "unkept", name).dataset.failed = "";
};

const busy = (on) => {
  const button = form.querySelector(".actionbar button");
  if (on) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
};

// What comes next; nothing where it is this page that was refused.
const nextAfter = async (found) => {
  const kept = await reportOf(key);
  if (kept.done) return kept.done;
  if (found.state === "refused" && kept.error) {
    if (kept.error.code !== "fields") return box.dataset.queue;
    return kept.error.step === facts.step ? null : `${facts.base}${kept.error.step}/`;
  }
  return kept.finished ? box.dataset.queue : `${facts.base}${steps[steps.indexOf(facts.step) + 1]}/`;
};

const send = async () => {
  const kept = await reportOf(key);
  const files = (await filesOf(key)).filter((file) => !file.sent);
  const others = steps.some((step) => step !== facts.step && kept.fields[step]?.ready && !kept.fields[step].sent);
  if (isDead()) {
    askToBeWoken();
    return { state: "signal" };
  }
  if (kept.finished) return trySending({ key, wait: BEHIND_MS });
  // What came before is on its way still: this step comes after it.
  if (files.length || others) return { state: "later" };
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS, { state: "late" }));
  // Behind what this page sends as it opens: whoever is quick hears what is refused, too.
  const found = await Promise.race([trySending({ key, wait: BEHIND_MS }), late]);
  if (found.state === "late") rememberSignal(false);
  return found;
};

const leave = (on) => {
  busy(on);
  isLeaving = on;
};

// Keeps this step and sends it where there is signal. The address that comes next; nothing where this page was refused.
const handOver = async () => {
  const before = isLast && (await findUnready());
  if (before) return before;
  await keepTyped({ ready: true });
  const { finished } = await reportOf(key);
  return (finished && (await findUnready())) || nextAfter(await send());
};

const goOn = async () => {
  // A second tap is the first one.
  if (isLeaving) return;
  leave(true);
  isHeld = false;
  clearTimeout(typing);
  await watched.taken();
  if (isFaulty()) {
    leave(false);
    return;
  }
  let next;
  try {
    next = await handOver();
  } catch (error) {
    // A phone that can keep nothing more: the form goes as any other would.
    leave(false);
    failed(error);
    if (!isFull(error) || !isDead()) form.submit();
    return;
  }
  if (!next) {
    leave(false);
    await showErrors();
    return;
  }
  // On its way, and nothing that comes meanwhile calls it back; tapped again only where no page comes.
  isGone = true;
  location.assign(next);
  setTimeout(leave, WAIT_MS, false);
};

// The last look, where the server does not know all of it yet.
const showSummary = async (kept) => {
  const files = await filesOf(kept.key);
  if (facts.blank === "" && !isWaiting({ ...kept, finished: false }, files)) return;
  const question = page.querySelector("[data-report-question]");
  for (const part of question.children) {
    if (part !== form && !part.matches("h1, script, template")) part.hidden = true;
  }
  question.querySelector("h1").textContent = facts.check;
  const summary = document.createElement("div");
  for (const step of steps.slice(0, -1)) {
    const part = page.querySelector(`template[data-report-part=${step}]`).content.cloneNode(true);
    const fields = kept.fields[step];
    const rows = (fields?.said ?? []).filter(([label]) => label);
    const mine = files.filter((file) => file.step === step);
    part.querySelector("a").href = `${facts.base}${step}/`;
    part.querySelector("[data-none]").hidden = rows.length + mine.length > 0;
    for (const [label, value] of [...rows, ...mine.map((file) => [file.name, file.caption ?? ""])]) {
      const line = document.createElement("div");
      const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
      [term.textContent, detail.textContent] = [label, value];
      line.append(term, detail);
      part.querySelector("dl").append(line);
    }
    summary.append(part);
  }
  form.before(summary);
};

// A page that waited on the phone offers the time of the day it was fetched.
const setClock = () => {
  if (Date.now() - madeAt < 600000) return;
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const fresh = {
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}:${two(now.getMinutes())}`,
  };
  for (const input of form.querySelectorAll("[data-now]")) input.value = fresh[input.type] ?? input.value;
};

// Parts of a page that hang on what another step says, which the server may not know yet.
const showParts = (kept) => {
  for (const part of form.querySelectorAll("[data-only-with]")) {
    const [step, field] = part.dataset.onlyWith.split(" ");
    const pairs = kept?.fields[step]?.pairs;
    if (pairs) part.hidden = !pairs.some(([name, value]) => name === field && value.trim());
  }
  const sessions = kept?.fields.sesi?.pairs;
  for (const { dataset } of sessions ? form.querySelectorAll("[data-attended]") : []) {
    dataset.attended = attendedIn(sessions, dataset.line);
  }
};

// What comes of sending, whoever sends: this page, another, or the worker.
const hear = async (about) => {
  await watched.show();
  // Whoever goes on is shown what was refused once the button is free again.
  if (about.key || about.state || isLeaving) return;
  if (!isHeld) await showErrors();
  await watched.settled();
  const files = (await filesOf(key)).filter((file) => file.step === facts.step);
  if (!isChanged || isLeaving || isGone || !files.some((file) => file.sent > madeAt) || files.some((file) => !file.sent)) return;
  // All that was chosen here is there: the page shows it as the server has it.
  isChanged = false;
  await keepChanged();
  if (!isLeaving && !isGone) location.reload();
};

const start = async () => {
  // Other scripts of the page draw and count what is filled in: they come first.
  await parsed;
  const kept = await ours();
  key = kept?.key;
  const fields = kept?.fields[facts.step];
  // What was sent is on the page, unless the page is older.
  const isStale = (sent) => !sent || facts.blank !== "" || madeAt < sent;
  if (facts.blank !== "") setClock();
  shown = JSON.stringify(untouched());
  if (fields && isStale(fields.sent)) {
    fill(fields.pairs);
    shown = JSON.stringify(pairsOf(form));
  }
  showParts(kept);
  if (isLast && kept) await showSummary(kept);
  const words = { sent: facts.sent, waiting: facts.waiting, refused: facts.refused, kept: facts.kept };
  watched = watchFiles(form, {
    ...{ step: facts.step, words, template: page.querySelector("template[data-report-file]"), report, failed },
    key: () => key,
    stale: (file) => isStale(file.sent),
    changed: async () => {
      if (!key) return;
      isChanged = true;
      if (isHeld) clearErrors();
      isHeld = false;
      await changeReport(key, (kept) => {
        kept.error = null;
      });
      await showLine();
      if (isDead()) await watched.show();
      else await sendOn({ key, wait: BEHIND_FILES_MS });
    },
  });
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => key && hear(data));
  await showErrors();
  const note = (event) => {
    if (isFilling || event.target.type === "file" || !event.target.name || isLast) return;
    clearTimeout(typing);
    typing = setTimeout(() => keepChanged().catch(failed), 150);
  };
  for (const kind of ["input", "change"]) form.addEventListener(kind, note);
};

if (form && box && navigator.locks && window.indexedDB) {
  for (const button of form.querySelectorAll("[data-photos-add]")) button.hidden = true;
  const ready = start();
  ready.then(() => performance.mark("ksbb:ready"));
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    isGone = false;
    leave(false);
  });
  form.addEventListener("submit", (event) => {
    // A button with a name asks the server for something else.
    if (event.submitter?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // A phone that has no place to keep anything: the form goes as any other would.
    ready.then(goOn, () => form.submit());
  });
}

// Beginning needs no server where the phone has the pages: the first step does, when it is sent. The worker answers the next
// page also where this one was fetched before there was a worker.
const isKept = async (address) =>
  Boolean((await navigator.serviceWorker.getRegistration())?.active && (await caches.match(address, { ignoreVary: true })));

document.querySelector("form[data-begin]")?.addEventListener("submit", async (event) => {
  if (!navigator.serviceWorker) return;
  const { target } = event;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await isKept(target.dataset.begin).catch(() => false)) location.assign(target.dataset.begin);
  else target.submit();
});
