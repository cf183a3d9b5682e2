// A grid of any number of pictures, of which only those on the screen exist.

import { make } from "/dom.js";
import { draw, listed, prepare } from "/drawing.js";

const CAPTION = 22, PADDING = 6, ROWS_BEYOND = 1, PATIENCE = 60, MOST_HEIGHT = 15_000_000;

export class Grid {
  /// The numbers of the pictures that are shown, in their order.
  order = [];
  active = 0;
  #cells = new Map(); #spare = []; #columns = 1; #row = 1; #cellWidth = 1; #lastTop = 0; #timer = 0;
  #frame = 0; #size = 190; #isSeen = false; #seen = 0; #height = 0;

  constructor(element, catalogue, marks, open) {
    this.element = element; this.catalogue = catalogue; this.marks = marks; this.open = open;
    this.sheet = element.firstElementChild;
    element.addEventListener("scroll", () => this.#renderSoon(), { passive: true });
    element.addEventListener("keydown", event => this.#key(event));
    this.sheet.addEventListener("click", event => this.#clicked(event));
    new ResizeObserver(() => this.layOut()).observe(element);
  }

  set size(value) { this.#size = value; this.layOut(); }

  show(order) {
    const picture = this.order[this.active];
    this.order = order;
    this.active = Math.max(order.indexOf(picture), 0);
    this.layOut();
  }

  /// Works out rows and columns anew, and keeps what is at the top there.
  layOut() {
    const width = this.element.clientWidth - 12, first = Math.floor(this.#top() / this.#row) * this.#columns;
    const columns = Math.max(Math.floor(width / this.#size), width > 2 * 150 ? 2 : 1);
    const cellWidth = Math.floor(width / columns), isSame = columns === this.#columns && cellWidth === this.#cellWidth;
    this.#columns = columns;
    this.#cellWidth = cellWidth;
    this.#seen = this.element.clientHeight;
    this.#row = Math.round((this.#cellWidth - 2 * PADDING) * 0.75) + 2 * PADDING + CAPTION;
    this.#height = Math.ceil(this.order.length / columns) * this.#row + 12;
    // Browsers have no taller elements; beyond that a step of the bar is more than a row.
    this.sheet.style.height = `${Math.min(this.#height, MOST_HEIGHT)}px`;
    if (isSame) {
      for (const [index, cell] of this.#cells) if (index < this.order.length) this.#fill(cell, index);
    } else {
      for (const cell of this.#cells.values()) this.#remove(cell);
      this.#cells.clear();
      if (first > 0) this.element.scrollTop = this.#scrollFor(Math.floor(first / columns) * this.#row);
    }
    this.#render();
  }

  /// How much of the sheet a pixel of the bar stands for.
  get #stretch() {
    return this.#height > MOST_HEIGHT ? (this.#height - this.#seen) / (MOST_HEIGHT - this.#seen) : 1;
  }
  #top() { return this.element.scrollTop * this.#stretch; }
  #scrollFor(top) { return top / this.#stretch; }

  /// Draws all cells on the screen again, as what is shown of objects has changed.
  redraw() {
    for (const [index, cell] of this.#cells) { cell.drawn = null; this.#fill(cell, index); }
  }

  /// Draws the objects that have become known, and asks for those that are not.
  refresh() {
    for (const cell of this.#cells.values()) this.#drawOn(cell);
    this.#want();
  }

  #renderSoon() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#render(); });
  }

  #render() {
    const scrolled = this.element.scrollTop, top = scrolled * this.#stretch, seen = this.#seen;
    const firstRow = Math.max(Math.floor(top / this.#row) - ROWS_BEYOND, 0);
    const lastRow = Math.floor((top + seen) / this.#row) + ROWS_BEYOND;
    const first = firstRow * this.#columns, end = Math.min((lastRow + 1) * this.#columns, this.order.length);
    for (const [index, cell] of this.#cells) {
      if (index < first || index >= end) { this.#spare.push(cell); this.#cells.delete(index); }
    }
    // Where the bar's pixels stand for more, cells follow the bar.
    const shift = scrolled - top;
    for (let index = first; index < end; index += 1) {
      const cell = this.#cells.get(index) ?? this.#make(index);
      const row = Math.floor(index / this.#columns), column = index % this.#columns;
      place(cell, 6 + column * this.#cellWidth, 6 + row * this.#row + shift);
    }
    for (const cell of this.#spare) this.#remove(cell);
    this.#spare.length = 0;
    this.#point();
    if (end > 0 && !this.#isSeen) { this.#isSeen = true; performance.mark("first-cells"); }
    const isFast = Math.abs(top - this.#lastTop) > this.#row / 2;
    this.#lastTop = top;
    clearTimeout(this.#timer);
    // What only flies past is not asked for.
    if (isFast) this.#timer = setTimeout(() => this.#want(), PATIENCE); else this.#want();
  }

  #make(index) {
    const cell = this.#spare.pop() ?? newCell();
    this.#cells.set(index, cell);
    cell.element.id = `cell-${index}`;
    cell.element.dataset.index = index;
    cell.element.style.width = `${this.#cellWidth}px`;
    cell.element.style.height = `${this.#row}px`;
    this.#fill(cell, index);
    if (!cell.element.isConnected) this.sheet.append(cell.element);
    return cell;
  }

  #remove(cell) {
    cell.image.removeAttribute("src");
    cell.element.remove();
  }

  #fill(cell, index) {
    const picture = this.order[index], catalogue = this.catalogue;
    if (cell.picture !== picture) {
      cell.picture = picture;
      cell.image.removeAttribute("src");
      cell.element.classList.add("empty");
      cell.absent.hidden = true;
      cell.canvas.hidden = true;
      cell.drawn = null;
      // Folders are mostly the same, and would leave no room for the name.
      cell.name.textContent = catalogue.names[picture].split("/").pop();
      cell.element.title = catalogue.names[picture];
    }
    const findings = catalogue.findingCount(picture);
    cell.count.textContent = catalogue.missed
      ? `${catalogue.missed[picture]} − · ${catalogue.wrong[picture]} +` : catalogue.counts[picture];
    cell.count.title = catalogue.missed ? "missed − · false +" : "objects";
    cell.faults.textContent = findings > 0 ? `! ${findings}` : "";
    cell.faults.title = findings > 0 ? "findings" : "";
    cell.mark.hidden = !this.marks.has(picture);
    cell.element.setAttribute("aria-selected", this.marks.has(picture));
    cell.element.setAttribute("aria-posinset", index + 1);
    cell.element.setAttribute("aria-setsize", this.order.length);
    this.#drawOn(cell);
  }

  #drawOn(cell) {
    const picture = cell.picture, drawn = this.catalogue.objects(picture);
    const [wide, high] = [this.catalogue.widths[picture], this.catalogue.heights[picture]];
    // What is drawn stays until something else is known.
    if (drawn === undefined || drawn === cell.drawn || !(wide > 0 && high > 0)) return;
    cell.drawn = drawn;
    cell.canvas.hidden = false;
    const width = this.#cellWidth - 2 * PADDING, height = this.#row - 2 * PADDING - CAPTION;
    const { context, ratio } = prepare(cell.canvas, width, height);
    const scale = Math.min(width / wide, height / high);
    const view = {
      scaleX: scale, scaleY: scale, left: (width - wide * scale) / 2, top: (height - high * scale) / 2,
      ratio, line: 1.4,
    };
    context.beginPath();
    context.rect(view.left - 1, view.top - 1, wide * scale + 2, high * scale + 2);
    context.clip();
    draw(context, listed(drawn), view);
  }

  /// Asks for the pictures and objects of all cells.
  #want() {
    const pictures = [];
    for (const cell of this.#cells.values()) {
      pictures.push(cell.picture);
      if (cell.image.hasAttribute("src")) continue;
      cell.image.src = this.catalogue.thumbnail(cell.picture);
    }
    this.catalogue.want(pictures);
  }

  #point() {
    for (const [index, cell] of this.#cells) cell.element.classList.toggle("active", index === this.active);
    if (this.order.length > 0) this.element.setAttribute("aria-activedescendant", `cell-${this.active}`);
  }

  /// Makes a place the active one and brings it onto the screen.
  choose(index) {
    if (this.order.length === 0) return;
    this.active = Math.min(Math.max(index, 0), this.order.length - 1);
    const start = Math.floor(this.active / this.#columns) * this.#row, seen = this.element.clientHeight;
    const top = this.#top();
    if (start < top) this.element.scrollTop = this.#scrollFor(start);
    else if (start + this.#row + 12 > top + seen) this.element.scrollTop = this.#scrollFor(start + this.#row + 12 - seen);
    this.#render();
  }

  #clicked(event) {
    const element = event.target.closest(".cell");
    if (!element) return;
    this.choose(Number(element.dataset.index));
    this.open(this.active);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(Math.floor(this.element.clientHeight / this.#row), 1) * this.#columns;
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.#columns, ArrowDown: this.#columns, k: -1, j: 1,
      PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity,
    };
    if (event.key in steps) this.choose(this.active + steps[event.key]);
    else if (event.key === "Enter" && this.order.length > 0) this.open(this.active);
    else if (event.key === "m" && this.order.length > 0) this.marks.toggle(this.order[this.active]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/// Moves a cell; one that stays is not touched.
function place(cell, left, top) {
  if (cell.left !== left) cell.element.style.left = `${left}px`;
  if (cell.top !== top) cell.element.style.top = `${top}px`;
  cell.left = left;
  cell.top = top;
}

function newCell() {
  const element = make("div", null, "cell");
  element.setAttribute("role", "option");
  const frame = make("div", element, "frame"), image = make("img", frame), canvas = make("canvas", frame);
  const absent = make("span", frame, "absent"), mark = make("span", frame, "marked");
  const caption = make("div", element, "caption"), name = make("bdi", caption);
  const faults = make("small", caption, "found"), count = make("small", caption);
  image.alt = "";
  image.decoding = "async";
  image.draggable = false;
  absent.textContent = "cannot be shown";
  mark.textContent = "✓";
  image.addEventListener("load", () => element.classList.remove("empty"));
  image.addEventListener("error", () => { absent.hidden = !image.hasAttribute("src"); });
  return { element, image, canvas, absent, mark, name, faults, count, picture: null, drawn: null };
}
