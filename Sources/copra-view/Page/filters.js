// Which pictures are shown, and in which order.

import { byId } from "/dom.js";

const MOST_VALUES = 30;
const SIZES = ["small (below 32²)", "medium", "large (from 96² on)"];

export class Filters extends EventTarget {
  constructor(catalogue, marks) {
    super();
    this.catalogue = catalogue; this.marks = marks;
    this.fields = ["search", "sort", "split", "category", "object-size", "attribute", "finding", "only-marked"].map(byId);
    for (const field of this.fields) field.addEventListener("input", () => this.#changed());
    byId("clear").addEventListener("click", () => this.clear());
  }

  clear() {
    for (const field of this.fields) {
      if (field.type === "checkbox") field.checked = false;
      else if (field.id !== "sort") field.value = "";
    }
    this.#changed();
  }

  #changed() { this.dispatchEvent(new Event("change")); }

  /// Fills the menus that depend on nothing but the set.
  open() {
    const { set } = this.catalogue;
    fill("sort", [
      ["", "set order"], ["name", "name"], ["most", "most objects"], ["fewest", "fewest objects"],
      ["findings", "most findings"], ...set.losses ? [["loss", "highest loss"]] : [], ...set.predictions ? [
        ["wrong", "most missed and false"], ["missed", "most missed"], ["false", "most false"],
      ] : [],
    ]);
    fill("split", [["", "any"], ...set.splits.map((name, index) => [String(index), name || "(none)"])]);
    fill("category", [["", "any"], ["none", "no object"], ...set.categories.map(({ name }, index) => [String(index), name])]);
    fill("object-size", [["", "any"], ...SIZES.map((name, index) => [String(1 << index), name])]);
    this.refreshAttributes();
    this.refreshFindings();
    byId("split").closest("label").hidden = set.splits.length < 2;
  }

  /// Values by names; of an attribute with many values the name alone can be asked for.
  refreshAttributes() {
    const groups = new Map();
    this.catalogue.attributeTexts.forEach((text, index) => {
      const name = text.split(": ", 1)[0];
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push([String(index), text]);
    });
    const choices = [["", "any"]];
    for (const [name, values] of [...groups].sort()) {
      if (values.length > MOST_VALUES) choices.push([`name:${name}`, `${name}: …`]);
      else choices.push(...values.sort((left, right) => left[1] < right[1] ? -1 : 1));
    }
    fill("attribute", choices);
    byId("attribute").closest("label").hidden = choices.length < 2;
  }

  refreshFindings() {
    const { state, rules, byPicture } = this.catalogue.findings;
    const words = { off: "not searched for", failed: "could not be searched for" };
    if (state !== "done") return fill("finding", [["", state === "running" ? "looking …" : words[state]]]);
    const counts = rules.map(() => 0);
    for (const own of byPicture.values()) for (const rule of new Set(own)) counts[rule] += 1;
    fill("finding", [
      ["", "any or none"], ["some", `any (${byPicture.size})`], ["none", "none"],
      ...rules.map(({ id }, index) => [String(index), `${id} (${counts[index]})`])
        .filter((_, index) => counts[index] > 0).sort((left, right) => left[1] < right[1] ? -1 : 1),
    ]);
  }

  /// The numbers of the pictures that are wanted, in the order that is.
  order() {
    const { catalogue } = this, tests = this.#tests(), order = [];
    for (let picture = 0; picture < catalogue.length; picture += 1) {
      if (tests.every(test => test(picture))) order.push(picture);
    }
    const key = this.#key(byId("sort").value);
    if (key) order.sort((left, right) => key(left, right) || left - right);
    return order;
  }

  #tests() {
    const { catalogue, marks } = this, tests = [];
    const value = id => byId(id).value;
    const text = value("search").trim().toLowerCase();
    if (text) tests.push(picture => catalogue.names[picture].toLowerCase().includes(text));
    if (value("split")) { const split = Number(value("split")); tests.push(picture => catalogue.splits[picture] === split); }
    if (value("category") === "none") tests.push(picture => catalogue.counts[picture] === 0);
    else if (value("category")) { const category = Number(value("category")); tests.push(picture => catalogue.categories[picture].includes(category)); }
    if (value("object-size")) { const size = Number(value("object-size")); tests.push(picture => (catalogue.sizes[picture] & size) !== 0); }
    if (value("attribute")) tests.push(this.#attributeTest(value("attribute")));
    const findings = catalogue.findings.byPicture;
    if (value("finding") === "some") tests.push(picture => findings.has(picture));
    else if (value("finding") === "none") tests.push(picture => !findings.has(picture));
    else if (value("finding")) { const rule = Number(value("finding")); tests.push(picture => findings.get(picture)?.includes(rule) ?? false); }
    if (byId("only-marked").checked) tests.push(picture => marks.has(picture));
    return tests;
  }

  #attributeTest(value) {
    const { catalogue } = this;
    if (!value.startsWith("name:")) return picture => catalogue.attributes[picture].includes(Number(value));
    const start = `${value.slice(5)}: `;
    return picture => catalogue.attributes[picture].some(index => catalogue.attributeTexts[index].startsWith(start));
  }

  #key(sort) {
    const { catalogue } = this, falling = of => (left, right) => of(right) - of(left);
    const of = list => picture => list?.[picture] ?? 0;
    switch (sort) {
      case "name": {
        const compare = new Intl.Collator("en", { numeric: true }).compare;
        return (left, right) => compare(catalogue.names[left], catalogue.names[right]);
      }
      case "most": return falling(of(catalogue.counts));
      case "fewest": return (left, right) => catalogue.counts[left] - catalogue.counts[right];
      case "findings": return falling(picture => catalogue.findingCount(picture));
      case "loss": return falling(of(catalogue.losses));
      case "missed": return falling(of(catalogue.missed));
      case "false": return falling(of(catalogue.wrong));
      case "wrong": return falling(picture => of(catalogue.missed)(picture) + of(catalogue.wrong)(picture));
      default: return null;
    }
  }
}

/// Sets the choices of a menu and keeps what is chosen.
function fill(id, choices) {
  const menu = byId(id), chosen = menu.value;
  menu.replaceChildren(...choices.map(([value, text]) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    return option;
  }));
  menu.value = choices.some(([value]) => value === chosen) ? chosen : "";
}
