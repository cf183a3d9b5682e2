// Puts the page together.

import { Catalogue } from "/catalogue.js";
import { byId } from "/dom.js";
import { display } from "/drawing.js";
import { Filters } from "/filters.js";
import { Grid } from "/grid.js";
import { Marks } from "/marks.js";
import { LargePicture } from "/picture.js";

const catalogue = new Catalogue(), marks = new Marks(catalogue), filters = new Filters(catalogue, marks);
const grid = new Grid(byId("grid"), catalogue, marks, index => large.show(index));
const large = new LargePicture(catalogue, grid, marks, say);

function say(text) {
  const notice = byId("notice");
  // A dialog that is open covers all that is not in it.
  (large.isOpen ? large.dialog : document.body).append(notice);
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { notice.hidden = true; }, 2500);
}

function later(wait, action) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(action, wait); };
}

function showOrder() {
  grid.show(filters.order());
  const number = value => value.toLocaleString("en"), shown = grid.order.length, all = catalogue.set.pictures;
  byId("count").textContent = !catalogue.isComplete
    ? `reading, ${number(catalogue.length)} of ${number(all)}`
    : shown === all ? `${number(all)} ${all === 1 ? "image" : "images"}` : `${number(shown)} of ${number(all)}`;
}

function redraw() {
  grid.redraw();
  if (large.isOpen) large.redraw();
}

function showLegend() {
  const counts = display.categories.map(() => 0);
  for (const own of catalogue.categories) for (const category of own) if (category >= 0) counts[category] += 1;
  byId("legend").replaceChildren(...display.categories.map((category, index) => {
    const item = document.createElement("li"), label = document.createElement("label");
    const box = document.createElement("input"), key = document.createElement("i");
    const name = document.createElement("bdi"), count = document.createElement("small");
    box.type = "checkbox";
    box.checked = !display.hidden.has(index);
    box.addEventListener("input", () => { display.hidden[box.checked ? "delete" : "add"](index); redraw(); });
    key.className = "key";
    key.style.background = category.colour;
    name.textContent = category.name;
    name.title = category.name;
    count.textContent = counts[index].toLocaleString("en");
    count.title = "images";
    label.append(box, key, name, count);
    item.append(label);
    return item;
  }));
}

function connectDisplay() {
  for (const id of ["boxes", "masks"]) {
    byId(id).addEventListener("input", event => { display[id] = event.target.value; redraw(); });
  }
  for (const id of ["keypoints", "labels"]) {
    byId(id).addEventListener("input", event => { display[id] = event.target.checked; redraw(); });
  }
  byId("size").addEventListener("input", event => { grid.size = Number(event.target.value); });
  byId("all").addEventListener("click", () => { display.hidden.clear(); showLegend(); redraw(); });
  byId("none").addEventListener("click", () => {
    display.categories.forEach((_, index) => display.hidden.add(index));
    showLegend();
    redraw();
  });
  byId("side-button").addEventListener("click", event => {
    const isShown = document.body.classList.toggle("showing-side");
    event.target.setAttribute("aria-expanded", isShown);
    event.target.textContent = isShown ? "Done" : "Filters";
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("save-marks").addEventListener("click", () => marks.size > 0 ? marks.save() : say("press m on an image to mark it"));
}

function connectPredictions() {
  byId("predictions").hidden = false;
  display.byVerdict = true;
  // Filled, what is missed would hide the picture.
  display.masks = "outline";
  byId("masks").value = "outline";
  const rescore = later(120, () => {
    catalogue.setScore(Number(byId("score").value)).catch(error => say(error.message));
    if (large.isOpen) large.reload();
  });
  byId("score").addEventListener("input", event => {
    byId("score-text").textContent = Number(event.target.value).toFixed(2);
    rescore();
  });
  byId("by-category").addEventListener("input", event => { display.byVerdict = !event.target.checked; redraw(); });
  for (const box of document.querySelectorAll("[data-verdict]")) {
    box.addEventListener("input", () => {
      display.verdicts[box.checked ? "add" : "delete"](box.dataset.verdict);
      redraw();
    });
  }
  rescore();
}

function connectKeys() {
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search], select") && event.key !== "Escape") return;
    if (event.key === "/" && !large.isOpen) byId("search").focus();
    else if (event.key === "?") byId("help").showModal();
    else if (event.key === "Escape" && event.target.id === "search") grid.element.focus();
    else if (event.key === "f") toggleFill();
    else return;
    event.preventDefault();
  });
  byId("search").addEventListener("keydown", event => {
    if (event.key === "Enter") grid.element.focus();
  });
}

function toggleFill() {
  for (const id of ["boxes", "masks"]) {
    if (display[id] === "off") continue;
    display[id] = display[id] === "fill" ? "outline" : "fill";
    byId(id).value = display[id];
  }
  redraw();
}

catalogue.addEventListener("change", ({ detail }) => {
  if (detail === "objects") return grid.refresh();
  if (detail === "pictures" && catalogue.isComplete) { filters.refreshAttributes(); showLegend(); }
  if (detail === "findings") { filters.refreshFindings(); if (large.isOpen) large.reload(); }
  showOrder();
});
filters.addEventListener("change", showOrder);
marks.addEventListener("change", () => {
  byId("save-marks").textContent = `${marks.size.toLocaleString("en")} marked`;
  if (byId("only-marked").checked) showOrder(); else grid.redraw();
});

async function start() {
  // The token is in a cookie by now, and need not stand in the history.
  history.replaceState(null, "", "/");
  await catalogue.open();
  display.categories = catalogue.set.categories;
  document.title = `${catalogue.set.title} – copra`;
  byId("title").textContent = catalogue.set.title;
  byId("title").title = catalogue.set.title;
  connectDisplay();
  connectKeys();
  filters.open();
  showLegend();
  marks.restore();
  if (catalogue.set.predictions) connectPredictions();
  grid.element.focus({ focusVisible: false });
  await catalogue.readAll();
  if (catalogue.set.losses) await catalogue.readLosses();
  await catalogue.readFindings();
}

start().catch(error => { byId("count").textContent = error.message; });
