// Adds a row for another session without asking the server; without this the form's button asks it.
const form = document.querySelector("form[data-sessions]");
if (form) {
  const rows = form.querySelector("[data-session-rows]");
  const empty = form.querySelector("[data-session-empty]");
  const total = form.querySelector("[name=sesi-TOTAL_FORMS]");
  const button = form.querySelector("[name=tambah]");
  button.addEventListener("click", (event) => {
    const count = Number(total.value);
    event.preventDefault();
    if (count >= Number(form.dataset.most)) return;
    const holder = document.createElement("div");
    holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(count));
    holder.querySelector("legend").append(` ${count + 1}`);
    rows.append(...holder.children);
    total.value = String(count + 1);
    rows.lastElementChild.querySelector("input:not([type=hidden]), select").focus();
    if (count + 1 >= Number(form.dataset.most)) button.hidden = true;
  });
}
