// The viewer's links by arrow keys and Escape. Without this they are links all the same.
const nav = document.querySelector("[data-look]");
if (nav) {
  document.querySelector("[data-look-keys]").hidden = false;
  const links = { ArrowLeft: "[rel=prev]", ArrowRight: "[rel=next]" };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // A photo that is larger than its frame is moved by the arrows.
    if (event.target.closest(".look-frame.large, input, textarea, select")) return;
    const link = event.key === "Escape" ? document.querySelector("main .back") : nav.querySelector(links[event.key] || "none");
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
