// One picture large, with all that is known of it.

import { byId, make } from "/dom.js";
import { colourOf, display, draw, isShown, listed, nameOf, prepare, verdictOf } from "/drawing.js";
import { Zoom } from "/zoom.js";

export class LargePicture {
  #asked = null; #objects = []; #chosen = null; #index = 0;

  constructor(catalogue, grid, marks, say) {
    this.catalogue = catalogue; this.grid = grid; this.marks = marks; this.say = say;
    this.dialog = byId("picture"); this.image = byId("whole"); this.panel = byId("panel");
    this.zoom = new Zoom(byId("stage"), () => this.redraw(), (x, y) => this.#chooseAt(x, y));
    const buttons = {
      previous: () => this.step(-1), next: () => this.step(1), close: () => this.dialog.close(),
      mark: () => this.#mark(), "zoom-in": () => this.zoom.in(), "zoom-out": () => this.zoom.out(),
      "zoom-fit": () => this.zoom.fit(),
    };
    for (const [id, action] of Object.entries(buttons)) byId(id).addEventListener("click", action);
    this.dialog.addEventListener("keydown", event => this.#key(event));
    this.dialog.addEventListener("close", () => { this.#asked?.abort(); grid.choose(this.#index); grid.element.focus(); });
    this.image.addEventListener("load", () => {
      this.zoom.open(this.image.naturalWidth, this.image.naturalHeight);
    });
    this.image.addEventListener("error", () => this.#fail());
    marks.addEventListener("change", () => this.#showMark());
  }

  get isOpen() { return this.dialog.open; }
  get picture() { return this.grid.order[this.#index]; }

  show(index) {
    this.#index = index;
    if (!this.isOpen) { this.dialog.showModal(); this.panel.focus(); }
    const { catalogue, picture } = this;
    byId("picture-name").textContent = catalogue.names[picture];
    byId("picture-name").title = catalogue.names[picture];
    byId("position").textContent = `${(index + 1).toLocaleString("en")} of ${this.grid.order.length.toLocaleString("en")}`;
    byId("failure").hidden = true;
    this.image.hidden = false;
    this.#objects = []; this.#chosen = null;
    this.image.src = catalogue.whole(picture);
    // Until the file is there, which may be of another size than the set says.
    this.zoom.open(catalogue.widths[picture], catalogue.heights[picture]);
    this.#showMark();
    this.panel.scrollTop = 0;
    this.reload();
  }

  step(by) {
    const next = this.#index + by;
    if (next >= 0 && next < this.grid.order.length) this.show(next);
  }

  /// Reads what is known of the picture, again where the score has changed.
  async reload() {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    try {
      const known = await this.catalogue.details(this.picture, asked.signal);
      this.#objects = listed(known.drawn);
      this.#showPanel(known);
      this.redraw();
    } catch (error) {
      if (!asked.signal.aborted) this.say(error.message);
    }
  }

  async #fail() {
    const picture = this.picture;
    this.image.hidden = true;
    this.zoom.open(this.catalogue.widths[picture], this.catalogue.heights[picture]);
    const response = await fetch(this.catalogue.whole(picture));
    if (picture !== this.picture || response.ok) return;
    byId("failure").textContent = await response.text();
    byId("failure").hidden = false;
  }

  redraw() {
    const { scale, left, top } = this.zoom, stage = byId("stage");
    this.image.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    this.image.style.imageRendering = scale > 3 ? "pixelated" : "auto";
    const { context, ratio } = prepare(byId("overlay"), stage.clientWidth, stage.clientHeight);
    const view = { scaleX: scale, scaleY: scale, left, top, ratio, line: 2 };
    draw(context, this.#objects, view, { chosen: this.#chosen, labels: display.labels });
  }

  /// Chooses the smallest object under a place on the stage.
  #chooseAt(x, y) {
    const { scale, left, top } = this.zoom, [column, row] = [(x - left) / scale, (y - top) / scale];
    const hits = this.#objects.filter(isShown).filter(({ box }) => box
      && column >= box[0] && column <= box[0] + box[2] && row >= box[1] && row <= box[1] + box[3]);
    const area = ({ box }) => box[2] * box[3];
    this.#choose(hits.sort((first, second) => area(first) - area(second))[0] ?? null, true);
  }

  #choose(object, scrolls) {
    this.#chosen = object;
    for (const button of this.panel.querySelectorAll(".object")) {
      const isChosen = button.object === object;
      button.setAttribute("aria-expanded", isChosen);
      button.nextElementSibling.hidden = !isChosen;
      if (isChosen && scrolls) button.scrollIntoView({ block: "nearest" });
    }
    this.redraw();
  }

  #mark() { this.marks.toggle(this.picture); }

  #showMark() {
    const isMarked = this.marks.has(this.picture);
    byId("mark").setAttribute("aria-pressed", isMarked);
    byId("mark").textContent = isMarked ? "Marked" : "Mark";
  }

  #showPanel(known) {
    const objects = this.#objects;
    const truths = objects.filter(object => !object.isFound), found = objects.filter(object => object.isFound);
    const sections = [];
    if (known.findings.length > 0) {
      sections.push(section(`Findings (${known.findings.length})`, known.findings.map(one => this.#finding(one, truths))));
    }
    sections.push(section(`Objects (${truths.length})`, [this.#list(truths, known.details)]));
    if (known.drawn.found) sections.push(section(`Found (${found.length})`, [this.#list(found, [])]));
    const { catalogue, picture } = this;
    const rows = [
      ["size", `${catalogue.widths[picture]} × ${catalogue.heights[picture]}`], ["id", known.id],
      ["split", catalogue.set.splits[catalogue.splits[picture]]], ...Object.entries(known.extra),
    ];
    const parts = [values(rows)];
    if (known.place) parts.push(this.#place(known.place));
    sections.push(section("Image", parts));
    this.panel.replaceChildren(...sections);
  }

  #list(objects, details) {
    const list = make("ul");
    objects.forEach((object, index) => {
      const item = make("li", list), button = make("button", item, "object");
      button.type = "button";
      button.object = object;
      button.setAttribute("aria-expanded", "false");
      make("i", button, "key").style.background = colourOf(object);
      make("bdi", button).textContent = nameOf(object) + (object.crowd ? " (crowd)" : "");
      const verdict = verdictOf(object, object.isFound);
      const size = object.box ? `${brief(object.box[2])} × ${brief(object.box[3])}` : "";
      make("small", button).textContent =
        [object.isFound ? object.score.toFixed(2) : "", verdict === "ignored" ? "not counted" : verdict ?? "", size].filter(Boolean).join(" · ");
      button.addEventListener("click", () => this.#choose(this.#chosen === object ? null : object, false));
      item.append(this.#detail(object, details[index]));
    });
    return list;
  }

  #detail(object, details) {
    const block = make("div", null, "details");
    block.hidden = true;
    const rows = [];
    if (object.box) rows.push(["x, y", `${brief(object.box[0])}, ${brief(object.box[1])}`]);
    if (object.rings) rows.push(["outline", count(object.rings.length, "ring")]);
    if (details) {
      rows.push(["id", details.id]);
      if (details.area !== undefined) rows.push(["area", brief(details.area)]);
      if (details.loss !== undefined) rows.push(["loss", details.loss.toFixed(3)], ["forgotten", count(details.forgotten, "time")]);
      rows.push(...Object.entries(details.attributes), ...Object.entries(details.extra));
    }
    block.append(values(rows));
    if (details?.place) block.append(this.#place(details.place));
    return block;
  }

  #finding({ rule, severity, message, place, object }, truths) {
    const block = make("div", null, `finding ${["error", "warning"].includes(severity) ? severity : "information"}`);
    make("h3", block).textContent = `${severity}: ${rule}`;
    const text = make("p", block);
    text.dir = "auto";
    text.textContent = message;
    if (object !== null) {
      const button = make("button", block);
      button.type = "button";
      button.textContent = `show object ${object + 1}`;
      button.addEventListener("click", () => this.#choose(truths[object] ?? null, true));
    }
    if (place) block.append(this.#place(place));
    return block;
  }

  /// A place in the user's files, copied by a click.
  #place(text) {
    const button = make("button", null, "place");
    button.type = "button";
    button.title = "Copy";
    button.textContent = text;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        this.say("copied");
      } catch {
        this.say("the browser does not let this page copy");
      }
    });
    return button;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      ArrowLeft: () => this.step(-1), k: () => this.step(-1), ArrowRight: () => this.step(1), j: () => this.step(1),
      m: () => this.#mark(), "+": () => this.zoom.in(), "=": () => this.zoom.in(), "-": () => this.zoom.out(), 0: () => this.zoom.fit(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }
}

function section(title, parts) {
  const element = document.createElement("section");
  make("h2", element).textContent = title;
  element.append(...parts);
  return element;
}

/// Names with their values; those that are lists or objects as JSON.
function values(rows) {
  const list = make("dl", null, "values");
  for (const [name, value] of rows) {
    if (value === null || value === undefined || value === "") continue;
    for (const [tag, text] of [["dt", name], ["dd", typeof value === "object" ? JSON.stringify(value) : String(value)]]) {
      const element = make(tag, list);
      element.dir = "auto";
      element.textContent = text;
    }
  }
  return list;
}

const brief = number => Number.isFinite(number) ? String(Math.round(number * 10) / 10) : "?";
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
