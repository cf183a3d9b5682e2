// Pictures that the user has marked, and their list as text.

export class Marks extends EventTarget {
  #pictures = new Set();

  constructor(catalogue) {
    super();
    this.catalogue = catalogue;
  }

  get size() { return this.#pictures.size; }
  has(picture) { return this.#pictures.has(picture); }

  toggle(picture) {
    if (!this.#pictures.delete(picture)) this.#pictures.add(picture);
    this.#keep();
    this.dispatchEvent(new Event("change"));
  }

  /// Takes up what was marked before the page was loaded again.
  restore() {
    try {
      this.#pictures = new Set(JSON.parse(sessionStorage.getItem(this.#key) ?? "[]"));
    } catch { /* Nothing that could be read was kept. */ }
    this.dispatchEvent(new Event("change"));
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify([...this.#pictures]));
    } catch { /* Marks then last as long as the page. */ }
  }

  get #key() { return `marks-${this.catalogue.set.run}`; }

  /// Saves the file names of the marked pictures, one a line, in the order of the set.
  save() {
    const names = [...this.#pictures].sort((left, right) => left - right).map(picture => this.catalogue.names[picture]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([names.map(name => `${name}\n`).join("")], { type: "text/plain" }));
    link.download = "marked.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
