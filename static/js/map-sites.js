// The marks of institutions: a shape by kind, drawn in pixels, filled or hollow.

const SHAPES = { diamond, triangle, square, pentagon };

// `at`: the middle in pixels of the canvas; `size`: half of the mark's width.
export function drawSite(context, mark, at, size, { fill, ink, paper, width }) {
  context.beginPath();
  (SHAPES[mark] || square)(context, at[0], at[1], size);
  context.lineJoin = "round";
  context.lineWidth = width * 3;
  context.strokeStyle = paper;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = width;
  context.strokeStyle = ink;
  context.stroke();
}

function corners(context, x, y, size, angles) {
  angles.forEach((angle, at) => {
    const turned = (angle * Math.PI) / 180;
    context[at ? "lineTo" : "moveTo"](x + size * Math.sin(turned), y - size * Math.cos(turned));
  });
  context.closePath();
}

function diamond(context, x, y, size) { corners(context, x, y, size * 1.2, [0, 90, 180, 270]); }
function triangle(context, x, y, size) { corners(context, x, y + size * 0.2, size * 1.25, [0, 120, 240]); }
function square(context, x, y, size) { corners(context, x, y, size * 1.25, [45, 135, 225, 315]); }
function pentagon(context, x, y, size) { corners(context, x, y, size * 1.15, [0, 72, 144, 216, 288]); }
