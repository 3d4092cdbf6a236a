// Changes the panel beside the map without leaving the page: links and forms marked data-map, and picks on the map.
// Without this script they are ordinary links and forms. Tells: "ksbb:panel" on document, detail { back }.

let latest = 0;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-map]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  visit(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-map]");
  if (!form) return;
  event.preventDefault();
  visit(addressOf(form));
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) visit(addressOf(form));
});

document.addEventListener("ksbb:pick", (event) => {
  const address = new URL(location.href);
  // What lay around a place stays as it is drawn.
  const { area } = document.getElementById("panel").dataset;
  if (address.searchParams.has("jarak") && area) address.searchParams.set("daerah", area);
  for (const name of ["q", "wilayah", "pilih", "lembaga", "jarak"]) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(event.detail)) address.searchParams.set(name, value);
  visit(address.href, { show: true });
});

// Going back shows what stood there, and looks where the map looked then.
window.addEventListener("popstate", () => visit(location.href, { back: true }));

function addressOf(form) {
  const address = new URL(form.getAttribute("action") || location.pathname, location.href);
  const values = new FormData(form);
  address.search = new URLSearchParams([...values].filter(([, value]) => value)).toString();
  return address.href;
}

async function visit(address, { back = false, show = false } = {}) {
  latest += 1;
  const mine = latest;
  const url = new URL(address, location.href);
  url.hash = "";
  const panel = document.getElementById("panel");
  panel.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("panel")) throw new Error("another page");
  } catch {
    if (mine === latest) location.assign(url);
    return;
  }
  // Somebody who chose again meanwhile wants the later answer.
  if (mine !== latest) return;
  if (!back && url.href !== location.href.replace(/#.*/, "")) history.pushState(null, "", `${url.href}${location.hash}`);
  exchange(page);
  if (show && matchMedia("(min-width: 62rem)").matches) {
    document.querySelector("#panel [aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }
  document.dispatchEvent(new CustomEvent("ksbb:panel", { detail: { back } }));
}

function exchange(page) {
  const focused = document.activeElement?.id;
  const place = document.activeElement?.getAttribute?.("href");
  for (const id of ["panel", "keterangan", "aksi"]) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  for (const link of page.querySelectorAll("nav [hreflang]")) {
    const same = document.querySelector(`nav [hreflang="${link.hreflang}"]`);
    if (same) same.href = link.getAttribute("href");
  }
  const again = (focused && document.getElementById(focused)) || findLink(place);
  if (again) again.focus({ preventScroll: true });
  else if (document.activeElement === document.body && place) document.getElementById("judul")?.focus({ preventScroll: true });
  // What was picked is said with its figure, then the list that it stands in.
  const told = ["[aria-current=true] .need-name", "[aria-current=true] .need-open", "#judul"];
  document.getElementById("kabar").textContent = told
    .map((one) => document.querySelector(`#panel ${one}`)?.textContent.trim().replace(/\.$/, "")).filter(Boolean).join(". ");
}

function findLink(href) {
  return href ? [...document.querySelectorAll("#panel a")].find((link) => link.getAttribute("href") === href) : null;
}
