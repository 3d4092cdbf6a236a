// A button that prints the page; hidden where scripts are off, since the browser's menu prints as well.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
