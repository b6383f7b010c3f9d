"use strict";
// This page moves values, asks, and shows what it is answered. It composes no finding and knows no unit: every text that
// it shows comes from the program. The latest change wins: one question is under way at a time, then the newest.

const REST_MS = 250; // a hand that has not moved for so long rests
const get = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const data = JSON.parse(get("#data").textContent); // sliders and arms, as the file has them
const root = document.documentElement;

let change = { sets: {}, arms: null };
let newest = 0; // the number of the change that the controls show
let isAsking = false;
let resting = 0;
let slow = new AbortController(); // of the questions that wait for the hand to rest
let tab = "latency";

// Asking

async function post(path, sent, signal) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(sent), signal });
  if (answer.ok) return answer;
  const type = answer.headers.get("Content-Type") ?? "";
  const told = type.includes("json") ? await answer.json() : { fault: await answer.text(), paths: [] };
  throw Object.assign(new Error(told.fault), { told });
}

function moved() {
  newest += 1;
  slow.abort();
  clearTimeout(resting);
  told("moving", "");
  mark();
  ask();
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  let asked;
  while (asked !== newest) {
    asked = newest;
    try {
      const answer = await (await post("now", change)).json();
      if (asked === newest) show(answer, "now", "At working values; the band follows.");
    } catch (error) {
      if (asked === newest) complain(error);
    }
  }
  isAsking = false;
  if (root.dataset.state === "now") resting = setTimeout(rest, REST_MS);
}

async function rest() {
  const asked = newest;
  slow.abort(); // as of another tab
  slow = new AbortController();
  history.replaceState(null, "", address());
  try {
    const [found, drawing] = [post("whole", change, slow.signal), askFigure()]; // drawn while the answer is laid out
    const answer = await (await found).json();
    if (asked !== newest) return;
    show(answer, "whole", `The answer of sim run, ${answer.digest}.`);
    await draw(asked, drawing.tab === tab ? drawing : askFigure());
  } catch (error) {
    if (asked === newest && error.name !== "AbortError") complain(error);
  }
}

function askFigure() {
  const answer = post("figure", { ...change, tab }, slow.signal).then((given) => given.json());
  answer.catch(() => {}); // told where it is awaited; nobody awaits it where there is no answer to draw
  return { tab, answer };
}

async function draw(asked, drawing) {
  get("#figure").setAttribute("aria-busy", "true");
  try {
    const answer = await drawing.answer;
    if (asked === newest && drawing.tab === tab) showFigure(answer);
  } catch (error) {
    if (asked === newest && drawing.tab === tab && error.name !== "AbortError") showFigure({ fault: error.message });
  }
}

// Showing

function told(state, text) {
  root.dataset.state = state;
  if (state === "now" || state === "whole") root.dataset.band = state === "whole" ? "shown" : "follows";
  if (text) get("#state").textContent = text;
  if (state !== "whole") get("#figure").classList.add("old");
  if (state === "moving" || state === "fault") get("#figure").removeAttribute("aria-busy");
}

function show(answer, state, text) {
  get("#answer").innerHTML = answer.html;
  if ("details" in answer) {
    const open = new Set(all("#details details[open] > summary").map((one) => one.textContent));
    get("#details").innerHTML = answer.details;
    for (const one of all("#details details")) one.open = open.has(get("summary", one).textContent);
  }
  get("#line").textContent = answer.line;
  get("#fault").hidden = true;
  for (const one of all("[aria-invalid]")) one.removeAttribute("aria-invalid");
  for (const [number, place] of Object.entries(answer.places)) lay(Number(number), place);
  told(state, text);
  if (state === "whole") keepHeight();
}

// What is said while a value moves is shorter, and the table shall not jump for it.
function keepHeight() {
  root.style.removeProperty("--finding");
  if (root.dataset.band === "shown") root.style.setProperty("--finding", `${get("#answer .finding").offsetHeight}px`);
}

function showFigure(answer) {
  const figure = get("#figure");
  figure.innerHTML = answer.html ?? "";
  if (answer.fault) figure.append(Object.assign(document.createElement("p"), { textContent: answer.fault }));
  figure.classList.remove("old");
  figure.removeAttribute("aria-busy");
  root.dataset.state = "figure";
}

function complain(error) {
  const paths = error.told?.paths ?? [];
  const lost = error instanceof TypeError;
  get("#fault").textContent = lost ? "sim live does not answer: was it ended? Start it again." : error.message;
  get("#fault").hidden = false;
  for (const path of paths) for (const one of fieldsAt(path)) one.setAttribute("aria-invalid", "true");
  const before = get("#answer").childElementCount ? "the answer below is that of the values before" : "Reset all goes back to the file";
  told("fault", `Not answered; ${before}.`);
}

function fieldsAt(path) {
  const rows = data.sliders.flatMap((one, number) => (isOf(path, one.known_path) ? [get(`#t${number}`)] : []));
  return [...rows, ...all("input[data-path], select[data-path]").filter((one) => isOf(path, one.dataset.path))];
}

const isOf = (path, other) => path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);

function lay(number, place) {
  const [range, text, known] = ["s", "t", "k"].map((kind) => get(`#${kind}${number}`));
  if (range !== document.activeElement) range.value = place.at;
  range.setAttribute("aria-valuetext", place.text);
  if (text !== document.activeElement) text.value = place.text;
  known.checked = place.is_known;
}

function mark() {
  data.sliders.forEach((one, number) => {
    const row = get(`[data-slider="${number}"]`);
    const isChanged = one.path in change.sets || one.known_path in change.sets;
    row.classList.toggle("changed", isChanged);
    get(".undo", row).hidden = !isChanged;
  });
  for (const row of all("label[data-path]")) row.classList.toggle("changed", row.dataset.path in change.sets);
  const n = Object.keys(change.sets).length + (change.arms ? 1 : 0);
  get("#changed").textContent = n ? `${n} changed` : "as in the file";
  get("#reset").disabled = !n;
}

// Moving

function put(number, text, isKnown) {
  const one = data.sliders[number];
  const { [one.path]: _, [one.known_path]: __, ...sets } = change.sets;
  if (isKnown) sets[one.known_path] = text;
  else if (text !== one.stops[one.typical]) sets[one.path] = text;
  change = { ...change, sets };
  get(`#s${number}`).setAttribute("aria-valuetext", text);
  moved();
}

function back(number) {
  const one = data.sliders[number];
  lay(number, { at: one.typical, text: one.stops[one.typical], is_known: false });
  get(`#s${number}`).value = one.typical;
  get(`#t${number}`).value = one.stops[one.typical];
}

function setAt(path, text, asInFile) {
  const { [path]: _, ...sets } = change.sets;
  if (text !== asInFile) sets[path] = text;
  change = { ...change, sets };
  moved();
}

function layAll() {
  data.sliders.forEach((_, number) => back(number));
  for (const one of all("[data-path]:is(input, select)")) one.value = change.sets[one.dataset.path] ?? one.defaultText;
  const arms = change.arms ?? data.arms;
  for (const one of all("[name=arm]")) one.checked = arms.includes(one.value);
}

data.sliders.forEach((one, number) => {
  const [range, text, known] = ["s", "t", "k"].map((kind) => get(`#${kind}${number}`));
  get(`[data-slider="${number}"] .tick`).style.setProperty("--at", one.typical / (one.stops.length - 1));
  range.addEventListener("input", () => {
    text.value = one.stops[range.value];
    put(number, text.value, known.checked);
  });
  text.addEventListener("change", () => put(number, text.value.trim(), known.checked));
  known.addEventListener("change", () => put(number, text.value.trim(), known.checked));
  get(`[data-slider="${number}"] .undo`).addEventListener("click", () => {
    back(number);
    put(number, one.stops[one.typical], false);
    range.focus();
  });
});

for (const one of all("[data-path]:is(input, select)")) {
  one.defaultText = one.value;
  one.addEventListener("change", () => setAt(one.dataset.path, one.value.trim(), one.defaultText));
}

for (const one of all("[name=arm]")) {
  one.addEventListener("change", () => {
    const arms = all("[name=arm]:checked").map((chosen) => chosen.value);
    change = { ...change, arms: String(arms) === String(data.arms) ? null : arms };
    moved();
  });
}

addEventListener("resize", keepHeight);
get("#controls").addEventListener("submit", (event) => event.preventDefault());
get("#reset").addEventListener("click", () => {
  change = { sets: {}, arms: null };
  layAll();
  moved();
  get("#controls summary").focus();
});

// Figures, the address, and what is taken along

function choose(name, isFocused) {
  tab = name;
  for (const one of all("[role=tab]")) {
    const isChosen = one.dataset.tab === name;
    one.setAttribute("aria-selected", isChosen);
    one.tabIndex = isChosen ? 0 : -1;
    if (isChosen) get("#figure").setAttribute("aria-labelledby", one.id);
    if (isChosen && isFocused) one.focus();
  }
}

const tabs = all("[role=tab]");
tabs.forEach((one, place) => {
  const goTo = (other) => {
    choose(other.dataset.tab, true);
    get("#figure").classList.add("old");
    get("#figure").setAttribute("aria-busy", "true");
    if (["whole", "figure"].includes(root.dataset.state)) rest();
  };
  one.addEventListener("click", () => goTo(one));
  one.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: place + 1, ArrowLeft: place - 1 + tabs.length, Home: 0, End: tabs.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    goTo(tabs[steps[event.key] % tabs.length]);
  });
});

function address() {
  const query = new URLSearchParams(Object.entries(change.sets).map(([path, text]) => ["set", `${path}=${text}`]));
  if (change.arms) query.set("arms", change.arms);
  if (tab !== tabs[0].dataset.tab) query.set("tab", tab);
  return `?${query}`;
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  const pairs = query.getAll("set").map((one) => [one.split("=")[0], one.split("=").slice(1).join("=")]);
  change = { sets: Object.fromEntries(pairs), arms: query.get("arms") ? query.get("arms").split(",") : null };
  const asked = query.get("tab");
  choose(tabs.some((one) => one.dataset.tab === asked) ? asked : tabs[0].dataset.tab, false);
}

get("#copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(get("#line").textContent);
  get("#state").textContent = "The command is copied.";
});

get("#save").addEventListener("click", async () => {
  try {
    const answer = await post("scenario", change);
    const name = decodeURIComponent(answer.headers.get("Content-Disposition").split("''")[1]);
    const href = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
    get("#state").textContent = `Saved as ${name}.`;
  } catch (error) {
    complain(error);
  }
});

readAddress();
layAll();
moved();
