// Adds a row for another session without asking the server; without this the form's button asks it.
const form = document.querySelector("form[data-sessions]");
if (form) {
  const rows = form.querySelector("[data-session-rows]");
  const empty = form.querySelector("[data-session-empty]");
  const total = form.querySelector("[name=sesi-TOTAL_FORMS]");
  const button = form.querySelector("[name=tambah]");
  const add = () => {
    const count = Number(total.value);
    if (count >= Number(form.dataset.most)) return false;
    const holder = document.createElement("div");
    holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(count));
    holder.querySelector("legend").append(` ${count + 1}`);
    rows.append(...holder.children);
    total.value = String(count + 1);
    if (count + 1 >= Number(form.dataset.most)) button.hidden = true;
    return true;
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (add()) rows.lastElementChild.querySelector("input:not([type=hidden]), select").focus();
  });
  // What the phone kept may have more rows than the page.
  form.addEventListener("ksbb:fill", (event) => {
    const wanted = Number(event.detail["sesi-TOTAL_FORMS"] ?? 0);
    while (Number(total.value) < wanted && add());
  });
}
