// The page of what waits: each report with its files and what became of them; try now, save as a file, delete.
import { CHANNEL, changeReport, dropFile, dropReport, filesOf, isWaiting, reportsOf } from "./report-store.js";
import { box, owner, trySending } from "./report-outbox.js";

const list = document.querySelector("[data-queue-list]");
const words = list?.dataset;
// A report that was handed in is shown for so long, without its files.
const SHOWN_MS = 7 * 86400000;
const MINE_TO_DECIDE = new Set(["begun", "reported"]);
const HELPLESS = new Set(["official", "not_on_its_way", "reported", "returned", "all_counted", "discarded"]);

const moment = (ms) =>
  new Date(ms).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

const stateOfReport = (report, files) => {
  if (report.done) return words.done;
  if (report.error) return words.refused;
  return isWaiting(report, files) ? words.waiting : words.writing;
};

const stateOfFile = (file) => {
  if (file.sent) return words.fileSent;
  return file.error ? `${words.fileRefused} ${file.error}` : words.fileWaiting;
};

const textOf = ({ error }) => {
  if (error.text) return error.text;
  return [words.fieldsText, ...(error.errors ?? []).map((one) => one.text)].join(" ");
};

const asDataUrl = (blob) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });

// One page that anybody can read, with the photos in it, to hand to the kelurahan.
const asPage = async (report, files) => {
  const page = document.implementation.createHTMLDocument(`${report.title} · ${report.number}`);
  page.documentElement.lang = document.documentElement.lang;
  const add = (parent, tag, text) => {
    const made = page.createElement(tag);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  const charset = add(page.head, "meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  add(page.body, "h1", `${report.title} · ${report.number}`);
  add(page.body, "p", moment(report.begun));
  for (const step of report.steps) {
    const fields = report.fields[step];
    if (!fields?.said?.length) continue;
    add(page.body, "h2", fields.label);
    const rows = add(page.body, "dl");
    for (const [label, value] of fields.said) {
      add(rows, "dt", label);
      add(rows, "dd", value);
    }
  }
  for (const file of files) {
    const said = [file.caption, moment(Date.parse(file.takenAt)), file.latitude, file.longitude].filter(Boolean).join(" · ");
    add(page.body, "h2", `${file.name} ${said}`);
    const isImage = (file.blob.type || file.type).startsWith("image/");
    const shown = add(page.body, isImage ? "img" : "a", isImage ? undefined : file.name);
    shown.setAttribute(isImage ? "src" : "href", await asDataUrl(file.blob));
    if (isImage) shown.setAttribute("width", "600");
  }
  return new Blob([`<!doctype html>\n${page.documentElement.outerHTML}`], { type: "text/html" });
};

const saveAsFile = async (report, files) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await asPage(report, files));
  link.download = `${words.exported}-${report.number}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const complain = (text) => {
  const alerts = document.querySelector("[data-queue-alerts]");
  alerts.replaceChildren();
  if (!text) return;
  const alert = document.querySelector("template[data-queue-alert]").content.firstElementChild.cloneNode(true);
  alert.querySelector("[data-text]").textContent = text;
  alerts.append(alert);
};

const sendNow = async (key) => {
  const found = await trySending({ key });
  const said = { signal: words.signal, "signed-out": words.signedOut, other: words.other };
  complain(said[found.state]);
  await draw();
};

const askAndDrop = (report) => {
  const dialog = document.querySelector("[data-queue-drop]");
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue === "hapus") await dropReport(report.key);
    await draw();
  };
};

const rowOf = (report, files, sending) => {
  const row = document.querySelector("template[data-queue-row]").content.firstElementChild.cloneNode(true);
  const part = (name) => row.querySelector(`[data-${name}]`);
  const code = report.error?.code;
  const step = report.error?.step ?? report.steps.find((one) => !report.fields[one]?.ready) ?? report.steps.at(-1);
  part("title").textContent = `${report.title} · ${report.number}`;
  part("when").textContent = moment(report.begun);
  part("state").textContent = sending?.key === report.key && sending.total && !report.done
    ? `${words.now} ${sending.sent}/${sending.total}`
    : stateOfReport(report, files);
  part("error").hidden = !report.error || Boolean(report.done);
  if (report.error) part("error").querySelector("span").textContent = textOf(report);
  for (const file of files) {
    const line = document.createElement("li");
    line.textContent = `${file.name}: ${stateOfFile(file)}`;
    part("files").append(line);
  }
  part("receipt").hidden = !report.done;
  part("receipt").href = report.done ?? "";
  // What is wrong in a field is mended there; sending it once more would be in vain.
  const isToMend = code === "fields";
  part("send").hidden = Boolean(report.done) || isToMend || !isWaiting(report, files);
  part("open").classList.toggle("button-primary", isToMend || !isWaiting(report, files));
  if (isToMend) part("open").textContent = words.mend;
  part("open").hidden = Boolean(report.done);
  part("open").href = `${report.base}${step}/`;
  part("anyway").hidden = Boolean(report.done) || !MINE_TO_DECIDE.has(code);
  part("export").hidden = Boolean(report.done);
  part("help").hidden = Boolean(report.done) || !HELPLESS.has(code);
  part("send").addEventListener("click", () => sendNow(report.key));
  part("anyway").addEventListener("click", async () => {
    await changeReport(report.key, (kept) => {
      kept.anyway = true;
      // It replaces what somebody else wrote meanwhile: all of it, not the last step alone.
      for (const one of Object.values(kept.fields)) one.sent = 0;
    });
    await sendNow(report.key);
  });
  part("export").addEventListener("click", () => saveAsFile(report, files));
  part("drop").addEventListener("click", () => askAndDrop(report));
  return row;
};

let last;
const draw = async (sending) => {
  last = sending;
  const reports = await reportsOf(owner);
  const rows = [];
  for (const report of reports.reverse()) {
    const files = await filesOf(report.key);
    if (report.done) {
      for (const file of files) await dropFile(file.id);
      if (Date.now() - report.begun > SHOWN_MS) {
        await dropReport(report.key);
        continue;
      }
    }
    rows.push(rowOf(report, report.done ? [] : files, sending));
  }
  // Meanwhile there may be news.
  if (last !== sending) return;
  list.replaceChildren(...rows);
  document.querySelector("[data-queue-empty]").hidden = rows.length > 0;
};

if (list && owner) {
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => draw(data));
  // The worker shows this page in the place of one that the phone has not got.
  if (location.pathname !== box.dataset.queue) complain(words.unreached);
  draw();
}
