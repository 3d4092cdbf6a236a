// "Tempat saya" of whoever has no account: one place, kept on this device alone, offered as a link where places are chosen.
const OWN_PLACE = "ksbb:own-place";

document.addEventListener("ksbb:panel", offerOwnPlace);
offerOwnPlace();

function offerOwnPlace() {
  const line = document.querySelector("[data-own-place]");
  if (!line) return;
  const kept = ownPlace();
  const { code, name, href, label } = line.dataset;
  const link = line.querySelector("a");
  const button = line.querySelector("button");
  link.hidden = !kept;
  if (kept) {
    link.href = href + encodeURIComponent(kept.code);
    link.textContent = `${label}: ${kept.name}`;
    link.toggleAttribute("data-map", "inMap" in line.dataset);
  }
  button.hidden = !code || kept?.code === code;
  button.onclick = () => {
    localStorage.setItem(OWN_PLACE, JSON.stringify({ code, name }));
    offerOwnPlace();
    link.focus();
  };
  line.hidden = link.hidden && button.hidden;
}

// Storage may be shut, or hold what somebody else wrote.
function ownPlace() {
  try {
    const kept = JSON.parse(localStorage.getItem(OWN_PLACE));
    return /^[\d.]{2,17}$/.test(kept?.code) && typeof kept.name === "string" ? kept : null;
  } catch {
    return null;
  }
}
