// Sends what waits, to the very addresses that its forms have, in the order of the steps: each file by itself, then what was
// typed. Nothing is taken off the phone before the server said that it has it; sent twice it is there once.
import { changeFile, changeReport, filesOf, reportOf, reportsOf, tell, unready } from "./report-store.js";

const FIELDS_MS = 20000;
const FILE_MS = 180000;
const GATE_MS = 8000;
// A term that ended may begin again: such a report is tried once in so long.
const OFFICIAL_MS = 3600000;

// No signal, or a server that is busy: to be tried again.
export class Unreached extends Error {}

const ask = async (address, options, ms) => {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ms);
  try {
    const answer = await fetch(address, {
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      signal: giveUp.signal,
      ...options,
      headers: { Accept: "application/json" },
    });
    // A redirect is the way to signing in: an answer for scripts never is one.
    if (answer.type === "opaqueredirect") return { status: 302 };
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const told = isJson ? await answer.json() : null;
    // By the server's clock, as the pages say when they were made.
    return { status: answer.status, at: Date.parse(told?.now) || Date.now(), told };
  } catch {
    throw new Unreached();
  } finally {
    clearTimeout(timer);
  }
};

// Who is signed in here, with a token for forms; null where nobody is.
export const askGate = async (base) => {
  const answer = await ask(`/${base.split("/")[1]}/laporan/gerbang/`, {}, GATE_MS);
  if (answer.status === 302) return null;
  if (answer.status !== 200 || !answer.told) throw new Unreached();
  return answer.told;
};

const post = async (report, step, gate, pairs, ms) => {
  const send = () => {
    const data = new FormData();
    for (const [name, value, filename] of pairs) {
      if (filename === undefined) data.append(name, value);
      else data.append(name, value, filename);
    }
    data.append("csrfmiddlewaretoken", gate.token);
    data.append("_kunci", report.key);
    data.append("_dilihat", report.seen);
    data.append("_jam", new Date().toISOString());
    if (report.anyway) data.append("_tetap", "1");
    return ask(`${report.base}${step}/`, { method: "POST", body: data }, ms);
  };
  let answer = await send();
  if (answer.status === 403 && !answer.told) {
    // The token grew old meanwhile.
    Object.assign(gate, await askGate(report.base));
    answer = await send();
  }
  if (answer.status === 302) throw new SignedOut();
  if (answer.status === 413) return { ...answer, told: { code: "too_big", text: "", errors: [] } };
  if (!answer.told || answer.status >= 500 || answer.status === 429) throw new Unreached();
  return answer;
};

class SignedOut extends Error {}

const fileFields = (file) => {
  const { field, blob, name, takenAt, latitude, longitude, sha256, caption } = file;
  const beside = { taken_at: takenAt, latitude, longitude, sha256, caption };
  const told = Object.entries(beside).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return [["_satu", "1"], ...told.map(([key, value]) => [`${field}_${key}`, String(value)]), [field, blob, name]];
};

const refuse = async (report, error) => {
  await changeReport(report.key, (kept) => {
    kept.error = { ...error, at: Date.now() };
  });
  tell({ key: report.key });
  return "refused";
};

// Gives "done", "sent" (all that is there, and not handed in yet) or "refused". Throws Unreached and SignedOut.
const sendOne = async (report, gate) => {
  const isWaitingHere = (file) => !file.sent && report.steps.includes(file.step);
  const waitingFiles = async () => (await filesOf(report.key)).filter(isWaitingHere);
  const { length: total } = await waitingFiles();
  const progress = (sent) => tell({ key: report.key, sent, total: Math.max(sent, total) });
  let number = 0;
  for (const step of report.steps) {
    let refused;
    for (const file of (await waitingFiles()).filter((one) => one.step === step)) {
      number += 1;
      progress(number);
      const answer = await post(report, step, gate, fileFields(file), FILE_MS);
      if (answer.status === 200) {
        await changeFile(file.id, (kept) => {
          // Unless it was given other words while it was on its way.
          kept.sent = kept.caption === file.caption ? answer.at : 0;
          kept.error = "";
        });
      } else if (answer.told.code === "fields") {
        const text = answer.told.errors.map((error) => error.text.replace(`${file.name}: `, "")).join(" ");
        await changeFile(file.id, (kept) => {
          kept.error = text;
        });
        // The others of this step do not wait for it.
        refused ??= { code: "fields", step, text, errors: [] };
      } else return refuse(report, { ...answer.told, step });
    }
    if (refused) return refuse(report, refused);
    const { fields = {}, finished } = (await reportOf(report.key)) ?? {};
    const typed = fields[step];
    // Handed in is all of it, or nothing.
    if (finished && typed && !typed.ready) return refuse(report, unready(step));
    if (!typed?.ready || typed.sent) continue;
    // What was chosen while this was on its way comes before the last step.
    if (step === report.steps.at(-1) && (await waitingFiles()).length) break;
    const answer = await post(report, step, gate, typed.pairs, FIELDS_MS);
    if (answer.status !== 200) return refuse(report, { ...answer.told, step: answer.told.mend || step });
    await changeReport(report.key, (kept) => {
      // Unless something else was typed while this was on its way.
      if (kept.fields[step].at === typed.at) kept.fields[step].sent = answer.at;
      kept.error = null;
      // Decided once; if somebody else writes in it again, it is asked again.
      kept.anyway = false;
      kept.warning = answer.told.warning;
      if (answer.told.done) kept.done = answer.told.next;
    });
    if (answer.told.done) return "done";
  }
  // And what was gone on from meanwhile comes behind it.
  const { fields } = (await reportOf(report.key)) ?? { fields: {} };
  const isLeft = report.steps.some((step) => fields[step]?.ready && !fields[step].sent);
  return isLeft || (await waitingFiles()).length ? sendOne(report, gate) : "sent";
};

const isToBeTried = (report, asked) =>
  !report.done &&
  (asked || !report.error || (report.error.code === "official" && Date.now() - report.error.at > OFFICIAL_MS));

// How long somebody who hands in waits for what is being sent already; and what was chosen meanwhile.
export const BEHIND_MS = 10000;
export const BEHIND_FILES_MS = 600000;

// Sends all that waits of one person, or one report that was asked for by its key. Only one page or worker does at a
// time; `wait`: so many milliseconds behind who does already. Gives what came of each: { state: "done" | "sent" | "refused" | "signal" | "busy" | "signed-out" | "other" }.
export const sendAll = (owner, { key, wait } = {}) => {
  const how = wait ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true };
  const sending = navigator.locks.request("ksbb-laporan", how, async (lock) => {
    if (!lock) return { state: "busy" };
    const reports = (await reportsOf(owner)).filter((one) => (!key || one.key === key) && isToBeTried(one, key === one.key));
    if (reports.length === 0) return { state: "sent" };
    let last = "sent";
    try {
      const gate = await askGate(reports[0].base);
      if (!gate) return { state: "signed-out" };
      if (gate.person !== owner) return { state: "other" };
      for (const report of reports) {
        last = await sendOne(report, gate);
        tell({ key: report.key });
      }
    } catch (error) {
      if (error instanceof SignedOut) return { state: "signed-out" };
      if (error instanceof Unreached) return { state: "signal" };
      throw error;
    } finally {
      tell({});
    }
    return { state: last };
  });
  return sending.catch((error) => {
    if (error?.name === "TimeoutError" || error?.name === "AbortError") return { state: "busy" };
    throw error;
  });
};
