// The running sum of a count, while it is typed, and the question why it is less.
import { readAmount } from "./report-checks.js";

for (const tally of document.querySelectorAll("[data-tally]")) {
  const counts = [...tally.querySelectorAll("input")];
  const sum = tally.querySelector(".tally-sum span:last-child");
  const why = document.getElementById(tally.dataset.why);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const update = () => {
    const [total, short] = [counts, counts.slice(1)].map((some) =>
      some.reduce((all, input) => all + (readAmount(input.value) || 0), 0),
    );
    sum.textContent = tally.dataset.sumWords.replace("%s", numbers.format(total));
    sum.classList.toggle("delta-less", total > Number(tally.dataset.tally));
    // Why it is less is asked only where it is, or where something was answered.
    why.hidden = !short && ![...why.querySelectorAll("input, select")].some((input) => input.value);
    why.toggleAttribute("data-unasked", !short);
  };
  for (const input of counts) input.addEventListener("input", update);
  update();
}
