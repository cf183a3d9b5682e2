// Elements of the page, found and made.

export const byId = id => document.getElementById(id);

/// A new element with a class, at the end of its parent where it has one.
export function make(tag, parent, name = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  parent?.append(element);
  return element;
}
