// Shows the sum of a quantity while one types. The server reckons and words it; without this file the sum comes
// with the next page.
const box = document.querySelector("[data-sum-url]");
const field = document.getElementById("id_jumlah");

let waiting;
let asked = 0;

async function reckon() {
  const mine = ++asked;
  const url = new URL(box.dataset.sumUrl, location.href);
  url.searchParams.set("jumlah", field.value);
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    const sum = response.ok ? await response.json() : {};
    if (mine === asked) show(sum);
  } catch {
    // Without a signal the sum comes with the next page.
  }
}

function show(sum) {
  box.hidden = !sum.total;
  box.querySelector(".sum-line span").textContent = sum.line ?? "";
  box.querySelector(".sum-total").textContent = sum.total ?? "";
  box.querySelector(".sum-words").textContent = sum.words ?? "";
  box.querySelector(".sum .small").textContent = sum.note ?? "";
}

if (box && field) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(reckon, 250);
  });
}
