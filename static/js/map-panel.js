// Changes the panel beside the map without leaving the page: links and forms marked data-map, and picks on the map.
// Without this script they are ordinary links and forms. Tells: "ksbb:panel" on document.

let latest = 0;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-map]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-map]");
  if (!form) return;
  event.preventDefault();
  go(addressOf(form));
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) go(addressOf(form));
});

document.addEventListener("ksbb:pick", (event) => {
  const address = new URL(location.href);
  for (const name of ["q", "wilayah"]) address.searchParams.delete(name);
  address.searchParams.set("pilih", event.detail.code);
  go(address.href, `rw-${event.detail.code}`);
});

function addressOf(form) {
  const address = new URL(form.getAttribute("action") || location.pathname, location.href);
  const values = new FormData(form);
  address.search = new URLSearchParams([...values].filter(([, value]) => value)).toString();
  return address.href;
}

async function go(address, open = "") {
  latest += 1;
  const mine = latest;
  const url = new URL(address, location.href);
  url.hash = "";
  let page;
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(url);
    return;
  }
  // Somebody who chose again meanwhile wants the later answer.
  if (mine !== latest) return;
  replace(page);
  url.hash = location.hash;
  history.replaceState(null, "", url);
  if (open) document.getElementById(open)?.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("ksbb:panel"));
}

function replace(page) {
  const focused = document.activeElement?.id;
  const place = document.activeElement?.getAttribute?.("href");
  for (const id of ["panel", "keterangan"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  const again = focused ? document.getElementById(focused) : findLink(place);
  again?.focus({ preventScroll: true });
}

function findLink(href) {
  return href ? [...document.querySelectorAll("#panel a")].find((link) => link.getAttribute("href") === href) : null;
}
