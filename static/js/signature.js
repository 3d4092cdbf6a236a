// Signing with a finger: strokes of points in a hidden field, as whole numbers in a box of the server's size.
// The server draws them again; without this script the page offers the other ways.
const form = document.querySelector("form[data-signing]");
// Points nearer than this add nothing that anybody sees.
const STEP = 6;
// A signature that reaches no further is a dot; the server says so, too.
const LEAST = 60;

const pad = (box) => {
  const field = box.querySelector("input[type=hidden]");
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const [wide, high] = [Number(box.dataset.wide), Number(box.dataset.high)];
  let strokes = [];
  let drawing = null;
  const read = () => {
    try {
      strokes = JSON.parse(field.value || "[]");
    } catch {
      field.value = "";
      strokes = [];
    }
    draw();
  };

  const draw = () => {
    pen.clearRect(0, 0, wide, high);
    pen.lineWidth = 7;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#14213d";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(stroke[0], stroke[1]);
      for (let i = stroke.length > 2 ? 2 : 0; i < stroke.length; i += 2) pen.lineTo(stroke[i], stroke[i + 1]);
      pen.stroke();
    }
  };
  const keep = () => {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
    draw();
  };
  const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
  const add = (event) => {
    const edge = canvas.getBoundingClientRect();
    const x = within(((event.clientX - edge.left) / edge.width) * wide, wide);
    const y = within(((event.clientY - edge.top) / edge.height) * high, high);
    const [u, v] = drawing.slice(-2);
    if (drawing.length && Math.hypot(x - u, y - v) < STEP) return;
    drawing.push(x, y);
    draw();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (drawing || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    drawing = [];
    strokes.push(drawing);
    add(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    // Between two frames the finger was in more places.
    for (const one of event.getCoalescedEvents?.() ?? []) add(one);
    add(event);
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, () => {
      if (!drawing) return;
      drawing = null;
      keep();
    });
  box.querySelector("[data-undo]").addEventListener("click", () => {
    strokes.pop();
    keep();
  });
  box.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
  });
  // What the phone kept is filled in later.
  form.addEventListener("ksbb:filled", read);
  read();
  return () => {
    const points = strokes.flatMap((stroke) => stroke.flatMap((x, i) => (i % 2 ? [] : [[x, stroke[i + 1]]])));
    const spread = (axis) => Math.max(...points.map((one) => one[axis])) - Math.min(...points.map((one) => one[axis]));
    return points.length > 0 && Math.max(spread(0), spread(1)) < LEAST;
  };
};

if (form) {
  form.querySelector("[data-drawn-choice]").hidden = false;
  const pads = [...form.querySelectorAll("[data-pad]")].map((box) => [box, pad(box)]);
  const show = () => {
    const way = form.querySelector("[name=how]:checked")?.value;
    for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== way;
  };
  for (const choice of form.querySelectorAll("[name=how]")) choice.addEventListener("change", show);
  show();
  form.addEventListener("ksbb:filled", show);
  // A phone that keeps what is typed goes on without asking the server.
  form.addEventListener(
    "submit",
    (event) => {
      const drawn = form.querySelector("[name=how]:checked")?.value === "drawn";
      let first = null;
      for (const [box, isDot] of pads) {
        const dot = drawn && isDot();
        box.querySelector("[data-dot]").hidden = !dot;
        if (dot) first ??= box;
      }
      if (!first) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      first.scrollIntoView({ block: "center" });
    },
    true,
  );
}
