// What the server would refuse of a step and the page can see, in the server's words: said where it can still be mended,
// beside the goods, also without signal. Fields name their rules in attributes (donations/handovers/checks.py); what the page
// cannot know is left to the server, which looks again.

// A whole amount as people type it, 0 where nothing is; NaN where it is none. As the server reads it (regions/amounts.py).
export const readAmount = (text) => {
  const plain = text.normalize("NFKC").replaceAll("\u2019", "'").trim().replace(/^\+?rp\.?\s*|^\+/i, "");
  const whole = plain.replace(/(?:[.,]00|[.,]-|,\u2014)$/, "");
  if (!whole) return 0;
  return /^(?:\d{1,3}(?:([.,' ])\d{3}(?:\1\d{3})*)?|\d+)$/.test(whole) ? Number(whole.replace(/\D/g, "")) : NaN;
};

// The other field of the same row or line, by its own name.
const beside = (control, name) =>
  control.form.elements.namedItem((control.name.match(/^(?:sesi-\w+-|line_\d+_)/)?.[0] ?? "") + name);
const isBlank = (control) => !control?.value.trim() || control.value === "[]";
const amountBeside = (control, name) => readAmount(beside(control, name)?.value ?? "");
const sumBeside = (control, names) => names.split(" ").reduce((sum, name) => sum + amountBeside(control, name), 0);
const oneLine = (text) => text.toLowerCase().trim().replace(/\s+/g, " ");
// A clock that is behind the page's own time is no help.
const today = (madeAt) => (Date.now() < madeAt ? "9999" : new Date().toLocaleDateString("sv"));

// Whether a field breaks the rule that its attribute names; `other` is what the attribute says.
const RULES = {
  or: (control, other) => isBlank(control) && other.split(" ").every((name) => isBlank(beside(control, name))),
  pair: (control, other) => isBlank(control) && !isBlank(beside(control, other)),
  with: (control, other) => {
    const [name, value] = other.split("=");
    if (!isBlank(control) || isBlank(beside(control, name))) return false;
    return value ? beside(control, name).value === value : amountBeside(control, name) !== 0;
  },
  unlike: (control, other) => !isBlank(control) && oneLine(control.value) === oneLine(beside(control, other).value),
  least: (control, other) => !isBlank(control) && readAmount(control.value) < amountBeside(control, other),
  sum: (control, other) =>
    [control, ...other.split(" ").map((name) => beside(control, name))].every((one) => !isBlank(one)) &&
    readAmount(control.value) !== sumBeside(control, other),
  after: (control, other) => !isBlank(control) && control.value <= beside(control, other).value,
  from: (control, other) => !isBlank(control) && control.value < other,
  past: (control, _other, madeAt) => control.value > today(madeAt),
  most: (control, other) => Number(control.dataset.kept || 0) + Number(control.dataset.saved) > Number(other),
  needed: (control) => !control.value && !control.dataset.kept,
};

// A session that nobody wrote into, or that is to go, is none.
const isNoSession = (row) =>
  row.querySelector("[type=checkbox]").checked ||
  [...row.querySelectorAll("input:not([type=hidden], [type=checkbox])")].every(isBlank);

// Of the ways to sign, the chosen one alone asks, also where the script that hides the others is not there.
const isAsked = (control) => {
  const way = control.closest("[data-way]")?.dataset.way;
  const session = control.closest(".session");
  if (control.closest("[hidden], [data-unasked]") || (session && isNoSession(session))) return false;
  return !way || way === control.form.elements.namedItem("how").value;
};

const numberFaults = (form, { unread, fraction }) =>
  [...form.querySelectorAll("[inputmode=numeric]")]
    .filter((control) => isAsked(control) && Number.isNaN(readAmount(control.value)) && !/^\s*[-\u2212]/.test(control.value))
    .map(({ name, value }) => ({ field: name, text: /^[\d., ]*[.,]\d+$/.test(value.trim()) ? fraction : unread }));

const ruleFaults = (form, madeAt) =>
  Object.entries(RULES).flatMap(([rule, isBroken]) =>
    [...form.querySelectorAll(`[data-${rule}]`)]
      .filter((control) => isAsked(control) && isBroken(control, control.dataset[rule], madeAt))
      .map(({ name, dataset }) => ({ field: name, text: dataset[`${rule}Words`] ?? dataset[rule] })),
  );

// What was counted, against what was sent; what follows later may be left out.
const tallyFaults = (form) => {
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const say = (words, ...figures) => figures.reduce((text, one, i) => text.replace(`%${i + 1}`, numbers.format(one)), words);
  const tallies = [...form.querySelectorAll("[data-tally]")].map((box) => {
    const inputs = [...box.querySelectorAll("input")];
    const counts = inputs.map((input) => readAmount(input.value));
    return { inputs, counts, total: counts.reduce((sum, one) => sum + one, 0), told: box.dataset };
  });
  const over = tallies.filter(({ total, told }) => total > Number(told.tally));
  if (over.length) return over.map(({ inputs, total, told }) => ({ field: inputs[0].name, text: say(told.overWords, total) }));
  if (tallies.length && tallies.every(({ total }) => total === 0)) {
    return [{ field: tallies[0].inputs[0].name, text: tallies[0].told.noneWords }];
  }
  return tallies.flatMap(({ inputs, counts: [good], total, told }) => {
    const [faults, left] = [[], Number(told.tally) - total];
    if (Number(told.attended) < good) {
      const text = Number(told.attended) ? say(told.attendedWords, good, Number(told.attended)) : told.unheldWords;
      faults.push({ field: inputs[0].name, text });
    }
    if (left > 0 && !form.elements.namedItem("rest_later").checked) {
      faults.push({ field: inputs[2].name, text: say(told.leftWords, left) });
    }
    return faults;
  });
};

// How many came to the sessions of a line, as the step of sessions was written on this phone.
export const attendedIn = (pairs, line) => {
  const said = new Map(pairs);
  const amount = (row, name) => readAmount(said.get(`sesi-${row}-${name}`) ?? "");
  return [...Array(Number(said.get("sesi-TOTAL_FORMS") ?? 0)).keys()]
    .filter((row) => said.get(`sesi-${row}-line`) === line && !said.has(`sesi-${row}-DELETE`))
    .reduce((sum, row) => sum + (amount(row, "attended") || amount(row, "women") + amount(row, "men")), 0);
};

// What is wrong with a step: fields with the words to show beside them. Numbers come first, since sums stand on them.
export const faultsOf = (form, words, madeAt) => {
  const unreadable = numberFaults(form, words);
  return unreadable.length ? unreadable : [...tallyFaults(form), ...ruleFaults(form, madeAt)];
};
