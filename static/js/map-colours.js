// Colours are the style sheet's: an element of the class is asked for what it looks like.

export function colourOf(name, property) {
  const probe = document.createElement("i");
  probe.className = name;
  probe.hidden = true;
  document.getElementById("peta").append(probe);
  const found = getComputedStyle(probe)[property];
  probe.remove();
  return found;
}

// Fills of class 0 (nothing to show) to 5 of a ramp: k (missing), c (arrived) or b (a context layer).
export function rampOf(letter) {
  return [0, 1, 2, 3, 4, 5].map((level) => colourOf(level ? `${letter}${level}` : "k0", "backgroundColor"));
}
