// What the page knows of the set: columns of all pictures, read in pieces, and the objects of those
// that are on the screen.

const FIRST_PIECE = 400, PIECE = 20000, MOST_HELD = 1500, MOST_ASKED = 200;

export async function ask(path, signal) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}

export class Catalogue extends EventTarget {
  names = []; widths = []; heights = []; splits = []; counts = []; categories = []; sizes = [];
  attributes = [];
  /// All attributes, by the index that pictures have them by.
  attributeTexts = [];
  /// Rules with severities, and for each picture that has findings the indices of its rules.
  findings = { state: "running", rules: [], byPicture: new Map(), elsewhere: 0 };
  /// Missed and false ones of each picture, where there are predictions.
  missed = null; wrong = null;
  /// The highest loss on each picture, where a check tells it.
  losses = null;
  score = 0.3;
  #objects = new Map(); #attributeIndices = new Map(); #wanted = []; #isAsking = false;
  #generation = 0;

  async open() {
    this.set = await ask("/api/set");
    document.documentElement.classList.toggle("stored", !this.set.upright);
  }

  get length() { return this.names.length; }
  get isComplete() { return this.length === this.set.pictures; }

  async readAll() {
    while (!this.isComplete) {
      const count = this.length === 0 ? FIRST_PIECE : PIECE;
      this.#add(await ask(`/api/pictures?from=${this.length}&count=${count}`));
      this.#changed("pictures");
    }
  }

  #add(piece) {
    const indices = piece.attributes.map(text => {
      if (!this.#attributeIndices.has(text)) {
        this.#attributeIndices.set(text, this.attributeTexts.push(text) - 1);
      }
      return this.#attributeIndices.get(text);
    });
    for (const [name, width, height, split, count, categories, sizes, attributes] of piece.pictures) {
      this.names.push(name); this.widths.push(width); this.heights.push(height);
      this.splits.push(split); this.counts.push(count); this.categories.push(categories);
      this.sizes.push(sizes); this.attributes.push(attributes.map(index => indices[index]));
    }
  }

  /// Asks until the search for findings has come to its end.
  async readFindings() {
    for (let pause = 150; ; pause = Math.min(pause * 1.6, 4000)) {
      const answer = await ask("/api/findings");
      const byPicture = new Map();
      for (const [picture, ...rules] of answer.pictures ?? []) byPicture.set(picture, rules);
      this.findings = { rules: [], elsewhere: 0, ...answer, byPicture };
      if (answer.state !== "running") return this.#changed("findings");
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  async readLosses() {
    this.losses = await ask("/api/losses");
    this.#changed("losses");
  }

  async setScore(score) {
    this.score = score;
    this.forgetObjects();
    const generation = this.#generation;
    const counts = await ask(`/api/verdicts?score=${score}`);
    if (generation !== this.#generation) return;
    this.missed = counts.missed; this.wrong = counts.false;
    this.#changed("verdicts");
  }

  forgetObjects() {
    this.#generation += 1;
    this.#objects.clear();
    this.#changed("objects");
  }

  findingCount(picture) { return this.findings.byPicture.get(picture)?.length ?? 0; }
  /// What is drawn on a picture; undefined until it is known.
  objects(picture) { return this.#objects.get(picture); }
  thumbnail(picture) { return `/thumbnail/${picture}?run=${this.set.run}`; }
  whole(picture) { return `/picture/${picture}?run=${this.set.run}`; }
  details(picture, signal) { return ask(`/api/picture/${picture}?score=${this.scoreText}`, signal); }
  get scoreText() { return this.set.predictions ? this.score : 0; }

  /// Sees to it that the objects of these pictures become known, and of no others that were wanted.
  want(pictures) {
    this.#wanted = pictures.filter(picture => !this.#objects.has(picture));
    if (!this.#isAsking) this.#askForObjects();
  }

  async #askForObjects() {
    this.#isAsking = true;
    try {
      while (this.#wanted.length > 0) {
        const pictures = this.#wanted.splice(0, MOST_ASKED), generation = this.#generation;
        const answer = await ask(`/api/objects?pictures=${pictures}&score=${this.scoreText}`);
        if (generation !== this.#generation) { this.#wanted.push(...pictures); continue; }
        for (const picture of pictures) this.#objects.set(picture, answer[picture]);
        for (const old of this.#objects.keys()) {
          if (this.#objects.size <= MOST_HELD) break;
          this.#objects.delete(old);
        }
        this.#changed("objects");
      }
    } finally {
      this.#isAsking = false;
    }
  }

  #changed(what) { this.dispatchEvent(new CustomEvent("change", { detail: what })); }
}
