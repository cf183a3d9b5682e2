// Where a picture lies on its stage: moved and zoomed by wheel, fingers and buttons.

const STEP = 1.4, MOST = 40;

export class Zoom {
  scale = 1; left = 0; top = 0;
  #width = 0; #height = 0; #isFit = true; #fingers = new Map();

  constructor(stage, moved, clicked) {
    this.stage = stage; this.moved = moved;
    stage.addEventListener("wheel", event => {
      event.preventDefault();
      this.by(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), ...this.#place(event));
    }, { passive: false });
    stage.addEventListener("pointerdown", event => {
      stage.setPointerCapture(event.pointerId);
      this.#fingers.set(event.pointerId, this.#place(event));
      this.travelled = 0;
    });
    stage.addEventListener("pointermove", event => this.#drag(event));
    for (const kind of ["pointerup", "pointercancel"]) {
      stage.addEventListener(kind, event => {
        const wasAlone = this.#fingers.size === 1 && this.#fingers.delete(event.pointerId);
        this.#fingers.delete(event.pointerId);
        stage.classList.remove("dragging");
        if (kind === "pointerup" && wasAlone && this.travelled < 4) clicked(...this.#place(event));
      });
    }
    stage.addEventListener("dblclick", event => this.by(STEP * STEP, ...this.#place(event)));
    new ResizeObserver(() => { if (this.#isFit) this.fit(); else this.moved(); }).observe(stage);
  }

  /// Begins with a picture of so many pixels.
  open(width, height) {
    this.#width = width; this.#height = height;
    this.fit();
  }

  fit() {
    const { clientWidth: wide, clientHeight: high } = this.stage, margin = 12;
    if (!(this.#width > 0 && this.#height > 0)) return;
    this.#isFit = true;
    this.scale = Math.max(Math.min((wide - 2 * margin) / this.#width, (high - 2 * margin) / this.#height, 8), 0.001);
    this.left = (wide - this.#width * this.scale) / 2;
    this.top = (high - this.#height * this.scale) / 2;
    this.moved();
  }

  in() { this.by(STEP); }
  out() { this.by(1 / STEP); }

  /// Zooms around a place on the stage, by default its middle.
  by(factor, x = this.stage.clientWidth / 2, y = this.stage.clientHeight / 2) {
    const scale = Math.min(Math.max(this.scale * factor, 0.01), MOST), share = scale / this.scale;
    this.left = x - (x - this.left) * share;
    this.top = y - (y - this.top) * share;
    this.scale = scale;
    this.#isFit = false;
    this.moved();
  }

  #place(event) {
    const bounds = this.stage.getBoundingClientRect();
    return [event.clientX - bounds.left, event.clientY - bounds.top];
  }

  #drag(event) {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = this.#place(event), others = [...this.#fingers].filter(([id]) => id !== event.pointerId);
    this.#fingers.set(event.pointerId, now);
    this.travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (others.length === 1) {
      const still = others[0][1], distance = point => Math.hypot(point[0] - still[0], point[1] - still[1]);
      if (distance(before) > 0) this.by(distance(now) / distance(before), ...still);
      return;
    }
    this.stage.classList.add("dragging");
    this.left += now[0] - before[0];
    this.top += now[1] - before[1];
    this.#isFit = false;
    this.moved();
  }
}
