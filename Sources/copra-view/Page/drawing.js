// Draws objects over a picture, at any scale.

const VERDICTS = { matched: "#009e73", missed: "#d55e00", false: "#cc79a7", ignored: "#969696" };
const UNKNOWN = "#969696", LONGEST_NAME = 28;

/// What is shown, and how; one for the whole page.
export const display = {
  boxes: "outline", masks: "fill", keypoints: true, labels: true, byVerdict: false,
  hidden: new Set(), verdicts: new Set(["matched", "missed", "false", "ignored"]), categories: [],
};

export const verdictOf = (object, isFound) =>
  object.verdict === "unmatched" ? (isFound ? "false" : "missed") : object.verdict;

/// The objects of a picture in one list, those that were found after those that are true.
export function listed(drawn) {
  return [
    ...drawn.truths.map((object, index) => ({ ...object, index, isFound: false })),
    ...(drawn.found ?? []).map((object, index) => ({ ...object, index, isFound: true })),
  ];
}

export function isShown(object) {
  if (display.hidden.has(object.category)) return false;
  const verdict = verdictOf(object, object.isFound);
  return !verdict || display.verdicts.has(verdict);
}

export function colourOf(object) {
  const verdict = verdictOf(object, object.isFound);
  if (display.byVerdict && verdict) return VERDICTS[verdict];
  return display.categories[object.category]?.colour ?? UNKNOWN;
}

export const nameOf = object => display.categories[object.category]?.name ?? "no category";

/// Whether text on a colour is black.
export function wantsBlack(colour) {
  const light = [1, 3, 5].map(place => {
    const share = parseInt(colour.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179;
}

/// Draws objects; `view` says where a picture's pixel (x, y) is: x * scaleX + left, y * scaleY + top, in
/// the units of the canvas.
export function draw(context, objects, view, { chosen = null, labels = false } = {}) {
  const shown = objects.filter(isShown);
  const line = view.line ?? 1.5;
  for (const object of shown) drawMask(context, object, view, line);
  for (const object of shown) drawBox(context, object, view, line, object === chosen);
  if (display.keypoints) for (const object of shown) drawKeypoints(context, object, view, line);
  if (labels) drawLabels(context, shown, view, chosen);
  else if (chosen && isShown(chosen)) drawLabels(context, [chosen], view, chosen);
}

function drawMask(context, object, view, line) {
  if (display.masks === "off" || !object.rings) return;
  const path = new Path2D();
  for (const ring of object.rings) {
    for (let place = 0; place + 1 < ring.length; place += 2) {
      const x = ring[place] * view.scaleX + view.left, y = ring[place + 1] * view.scaleY + view.top;
      if (place === 0) path.moveTo(x, y); else path.lineTo(x, y);
    }
    path.closePath();
  }
  const colour = colourOf(object);
  if (display.masks === "fill") {
    context.globalAlpha = object.crowd ? 0.28 : 0.42;
    context.fillStyle = colour;
    context.fill(path, "nonzero");
    context.globalAlpha = 1;
  }
  context.setLineDash(object.isFound ? [4, 3] : []);
  stroke(context, path, colour, Math.max(line * 0.75, 1));
}

function drawBox(context, object, view, line, isChosen) {
  const box = object.box;
  if (!box || (display.boxes === "off" && !isChosen) || !box.every(Number.isFinite)) return;
  const [x, y, width, height] = place(box, view), colour = colourOf(object);
  if (display.boxes === "fill") {
    context.globalAlpha = 0.22;
    context.fillStyle = colour;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }
  const path = new Path2D();
  path.rect(x, y, width, height);
  context.setLineDash(object.isFound ? [5, 4] : []);
  const isThin = object.rings && display.masks !== "off" && !isChosen;
  stroke(context, path, colour, isChosen ? line * 2 : isThin ? Math.max(line * 0.6, 1) : line);
}

const place = ([x, y, width, height], view) =>
  [x * view.scaleX + view.left, y * view.scaleY + view.top, width * view.scaleX, height * view.scaleY];

/// A line with a rim that shows it on any ground.
function stroke(context, path, colour, width) {
  context.lineJoin = "round";
  context.strokeStyle = wantsBlack(colour) ? "rgb(0 0 0 / .5)" : "rgb(255 255 255 / .7)";
  context.lineWidth = width + 1.5;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
  context.setLineDash([]);
}

function drawKeypoints(context, object, view, line) {
  const values = object.keypoints;
  if (!values) return;
  const points = [];
  for (let index = 0; index + 2 < values.length; index += 3) {
    const isThere = values[index + 2] > 0 && Number.isFinite(values[index]) && Number.isFinite(values[index + 1]);
    points.push(isThere ? [values[index] * view.scaleX + view.left, values[index + 1] * view.scaleY + view.top] : null);
  }
  const colour = colourOf(object), path = new Path2D();
  const skeleton = display.categories[object.category]?.skeleton;
  for (const [start, end] of Array.isArray(skeleton) ? skeleton : []) {
    const from = points[start - 1], to = points[end - 1];
    if (from && to) { path.moveTo(...from); path.lineTo(...to); }
  }
  stroke(context, path, colour, line);
  for (const point of points.filter(Boolean)) {
    for (const [radius, fill] of [[line * 1.4 + 1, "#fff"], [line * 1.4, colour]]) {
      context.beginPath();
      context.arc(...point, radius, 0, 2 * Math.PI);
      context.fillStyle = fill;
      context.fill();
    }
  }
}

/// Names in chips above their boxes, or inside of them; one that would lie over another is left out.
function drawLabels(context, objects, view, chosen) {
  const taken = [], height = 18;
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  const wide = context.canvas.width / (view.ratio ?? 1), high = context.canvas.height / (view.ratio ?? 1);
  const ordered = chosen ? [chosen, ...objects.filter(object => object !== chosen)] : objects;
  for (const object of ordered) {
    if (!object.box?.every(Number.isFinite)) continue;
    const [x, y, width, boxHeight] = place(object.box, view);
    if (x > wide || y > high || x + width < 0 || y + boxHeight < 0) continue;
    const text = labelOf(object), chip = Math.ceil(context.measureText(text).width) + 10;
    const left = Math.min(Math.max(x, 0), Math.max(wide - chip, 0));
    const spot = [y - height, y, y + boxHeight, y + boxHeight - height]
      .map(top => ({ left, top, right: left + chip, bottom: top + height }))
      .find(one => one.top >= 0 && one.bottom <= high && !taken.some(other =>
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
    if (!spot) continue;
    taken.push(spot);
    const colour = colourOf(object);
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(spot.left, spot.top, chip, height, 3);
    context.fill();
    context.fillStyle = wantsBlack(colour) ? "#000" : "#fff";
    context.fillText(text, spot.left + 5, spot.top + height / 2 + 1);
  }
}

function labelOf(object) {
  const letters = Array.from(nameOf(object));
  const name = letters.length > LONGEST_NAME ? letters.slice(0, LONGEST_NAME - 1).join("") + "…" : letters.join("");
  // Isolated, so that names written from right to left leave the number where it is.
  return "\u2068" + name + "\u2069" + (object.isFound ? ` ${object.score.toFixed(2)}` : object.crowd ? " (crowd)" : "");
}

/// Gives a canvas as many pixels as its place on the screen has.
export function prepare(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, ratio };
}
