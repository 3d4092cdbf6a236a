// Photos and other files of a step: made small, kept on the phone as soon as they are chosen, shown with what became of
// them. They travel by themselves, so the form holds none.
import { changeFile, dropFile, filesOf, putFile } from "./report-store.js";
import { madeSmall, placeNow, readEvidence, sha256Of } from "./report-pictures.js";

// How long after the page is in front again a file that was chosen may come.
const CHOSEN_MS = 5000;

// A drawn copy, since no page may show a picture from elsewhere than the server.
const drawn = async (canvas, blob) => {
  try {
    const picture = await createImageBitmap(blob, { resizeWidth: 320 });
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
  } catch {
    canvas.hidden = true;
  }
};

const stateOf = (file, words) => {
  if (file.sent) return words.sent;
  return file.error ? `${words.refused} ${file.error}` : words.waiting;
};

// One line of the list. `change` is called when the file is gone.
const row = (file, number, words, template, change) => {
  const item = template.content.firstElementChild.cloneNode(true);
  const caption = item.querySelector("input");
  item.dataset.file = file.id;
  drawn(item.querySelector("canvas"), file.blob);
  item.querySelector("[data-file-name]").textContent = file.name;
  item.querySelector("[data-file-state]").textContent = stateOf(file, words);
  item.classList.toggle("field-error", Boolean(file.error));
  caption.id = `keterangan-${file.id}`;
  caption.value = file.caption ?? "";
  caption.closest("p").hidden = Boolean(file.sent) || !file.type.startsWith("image/");
  item.querySelector("label").htmlFor = caption.id;
  caption.addEventListener("change", async () => {
    await changeFile(file.id, (kept) => {
      [kept.caption, kept.sent] = [caption.value, 0];
    });
    change();
  });
  item.querySelector("[data-file-number]").textContent = number;
  item.querySelector("button").hidden = Boolean(file.sent);
  item.querySelector("button").addEventListener("click", async () => {
    await dropFile(file.id);
    change();
  });
  return item;
};

// Watches the form's file inputs. `report()` gives the report to keep them with; `stale(file)`: whether the page does not
// know of it though it was sent; `changed()` is told of every change; `failed(error, name)` of what cannot be kept.
// Gives `show()`; `taken()`: until all that was chosen is kept; `settled()`: until that, and nobody writes in the list or is
// about to choose (on many phones the camera stands before the page meanwhile).
export const watchFiles = (form, { step, words, template, report, key, stale, changed, failed }) => {
  const lists = new Map();
  const inputs = [...form.querySelectorAll("input[type=file]")];

  // Nobody loses the field that they are writing in: what is new is shown when they have left it.
  const written = () => [...lists.values()].find((list) => list.contains(document.activeElement?.closest("input")));
  const unwritten = async () => {
    for (let list = written(); list; list = written()) {
      await new Promise((resolve) => list.addEventListener("focusout", () => setTimeout(resolve), { once: true }));
    }
  };

  let isLate = false;
  const show = async () => {
    if (written()) {
      if (!isLate) unwritten().then(() => [(isLate = false), show()]);
      isLate = true;
      return;
    }
    const files = key() ? (await filesOf(key())).filter((file) => file.step === step) : [];
    for (const input of inputs) {
      const mine = files.filter((file) => file.field === input.name && (!file.sent || stale(file)));
      const rows = mine.map((file, i) => row(file, i + 1, words, template, refresh));
      lists.get(input).replaceChildren(...rows);
      input.dataset.kept = mine.length || "";
    }
    const note = form.querySelector(".actionbar-note");
    if (note && files.some((file) => !file.sent && !file.error)) note.textContent = words.kept;
  };
  const refresh = async () => {
    await show();
    changed();
  };

  const keep = async (input, file, place) => {
    const { key: of } = await report();
    const sha256 = await sha256Of(file);
    if ((await filesOf(of)).some((one) => one.sha256 && one.sha256 === sha256 && one.field === input.name)) return;
    const isImage = file.type.startsWith("image/");
    const told = isImage ? await readEvidence(file) : {};
    const blob = isImage ? await madeSmall(file, Number(input.dataset.longest) || undefined) : file;
    const where = told.latitude === undefined ? place : { latitude: told.latitude, longitude: told.longitude };
    await putFile({
      ...{ key: of, step, field: input.name, name: file.name, type: file.type, blob, sha256 },
      ...where,
      takenAt: told.takenAt ?? new Date(file.lastModified).toISOString(),
    });
  };

  const keepAll = async (input, files) => {
    input.setAttribute("aria-busy", "true");
    const place = await placeNow();
    for (const file of files) {
      try {
        await keep(input, file, place);
      } catch (error) {
        failed(error, file.name);
        break;
      }
      await show();
    }
    input.removeAttribute("aria-busy");
    await show();
  };

  // What was chosen last comes behind what is being made small still.
  let taken = Promise.resolve();
  let isTaking = 0;
  const take = (input) => {
    const files = [...input.files];
    if (files.length === 0) return;
    input.value = "";
    isTaking += 1;
    taken = taken.then(() => keepAll(input, files)).finally(() => {
      isTaking -= 1;
    });
    taken.then(changed);
  };

  // Who is choosing has chosen, or given up; a browser that does not say so has the page in front again for a while.
  let choosing;
  const choose = (input) => {
    choosing = new Promise((resolve) => {
      for (const kind of ["change", "cancel"]) input.addEventListener(kind, resolve, { once: true });
      window.addEventListener("focus", () => setTimeout(resolve, CHOSEN_MS), { once: true });
    }).then(() => {
      choosing = undefined;
    });
  };

  const settled = async () => {
    while (written() || choosing || isTaking) {
      await unwritten();
      await choosing;
      await taken;
    }
  };

  for (const input of inputs) {
    const list = document.createElement("ul");
    list.className = "kept mt-3";
    input.closest(".field").after(list);
    lists.set(input, list);
    input.addEventListener("click", () => choose(input));
    input.addEventListener("change", () => take(input));
    // On a slow link somebody may have chosen before this script was there.
    if (input.files.length) take(input);
  }
  show();
  return { show, settled, taken: () => taken };
};
