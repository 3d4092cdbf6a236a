// Copies the text of an element; the button stays hidden where the browser cannot copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.querySelector("span");
    const before = words.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.href ?? source.textContent.trim());
      words.textContent = button.dataset.copied;
      setTimeout(() => {
        words.textContent = before;
      }, 2000);
    });
  }
}
