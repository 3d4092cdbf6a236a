// Sends each photo by itself as soon as it is chosen, so that a lost signal costs one photo and not all of them.
// Without this the form's own button sends what was chosen.
const form = document.querySelector("form[data-photos]");
if (form) {
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector("[data-photos-progress]");
  const bar = box.querySelector("progress");
  const words = box.querySelector("label");
  const trouble = form.querySelector("[data-photos-errors]");
  const list = trouble.querySelector("ul");

  const complain = (name, text) => {
    const line = document.createElement("li");
    line.textContent = name ? `${name}: ${text}` : text;
    list.append(line);
    trouble.hidden = false;
  };

  const send = (file) =>
    new Promise((resolve, reject) => {
      // With the captions typed so far, and without the other chosen files.
      const data = new FormData(form);
      data.delete("photos");
      data.append("photos", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action || location.href);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.timeout = 180000;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
      });
      request.addEventListener("load", () => (request.response?.errors ? resolve(request.response) : reject()));
      for (const kind of ["error", "timeout", "abort"]) request.addEventListener(kind, reject);
      request.send(data);
    });

  const sendAll = async () => {
    const files = [...input.files];
    list.replaceChildren();
    trouble.hidden = true;
    box.hidden = files.length === 0;
    let refused = 0;
    for (const [index, file] of files.entries()) {
      words.textContent = `${form.dataset.sending} ${index + 1} / ${files.length}`;
      bar.value = 0;
      try {
        const answer = await send(file);
        for (const error of answer.errors) complain(error.name, error.text);
        refused += answer.errors.length;
      } catch {
        // The same file twice is one photo, so the form's button may send all of them again.
        complain("", form.dataset.lost);
        box.hidden = true;
        return;
      }
    }
    box.hidden = true;
    input.value = "";
    if (files.length > refused) {
      if (refused) sessionStorage.setItem("photos-refused", list.textContent);
      location.reload();
    }
  };

  input.addEventListener("change", sendAll);
  // On a slow link somebody may have chosen before this script was there.
  if (input.files.length) sendAll();

  const before = sessionStorage.getItem("photos-refused");
  if (before) {
    sessionStorage.removeItem("photos-refused");
    complain("", before);
  }
}
