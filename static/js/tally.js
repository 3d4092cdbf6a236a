// The running sum of a count, while it is typed. The server counts again.
const read = (text) => {
  const digits = text.replace(/[.,'\s\u00a0\u2019]/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : 0;
};
const numbers = new Intl.NumberFormat(document.documentElement.lang);

for (const box of document.querySelectorAll("[data-tally]")) {
  const inputs = [...box.querySelectorAll("input")];
  const shown = box.querySelector(".tally-sum span:last-child");
  const why = document.getElementById(box.dataset.tallyWhy);
  const update = () => {
    const total = inputs.reduce((sum, input) => sum + read(input.value), 0);
    shown.textContent = box.dataset.tallyWords.replace("%s", numbers.format(total));
    shown.classList.toggle("delta-less", total > Number(box.dataset.tally));
    // Why it is less is asked only where it is, or where something was answered.
    const less = inputs.slice(1).some((input) => read(input.value) > 0);
    const answered = why && [...why.querySelectorAll("input, select")].some((input) => input.value);
    if (!why) return;
    why.hidden = !less && !answered;
    why.querySelector("select").dataset.needed = less ? box.dataset.tallyWhyWords : "";
  };
  for (const input of inputs) input.addEventListener("input", update);
  update();
}
