"use strict";
// Filters the findings. Without this script all of them are there to read.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const findings = [...document.querySelectorAll("#findings .finding")].map((card) => ({
    card,
    text: card.textContent.toLowerCase(),
    severity: card.dataset.severity,
    rule: card.closest(".rule").dataset.rule,
    category: card.dataset.category,
    split: card.dataset.split,
  }));
  const choices = ["severity", "rule", "category", "split"];

  const offer = (name) => {
    const select = form.elements[name];
    const values = [...new Set(findings.map((finding) => finding[name]))].filter(Boolean);
    if (name !== "severity") values.sort((left, right) => left.localeCompare(right));
    select.add(new Option("all", ""));
    for (const value of values) select.add(new Option(value, value));
    select.closest("label").hidden = values.length < 2;
  };

  const isAsked = (finding, words) =>
    choices.every((name) => {
      const wanted = form.elements[name].value;
      return wanted === "" || finding[name] === wanted;
    }) && words.every((word) => finding.text.includes(word));

  const apply = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isFiltered = words.length > 0 || choices.some((name) => form.elements[name].value);
    let shown = 0;
    for (const finding of findings) {
      finding.card.hidden = !isAsked(finding, words);
      if (!finding.card.hidden) shown += 1;
    }
    for (const group of document.querySelectorAll("#findings details")) {
      const isEmpty = !group.querySelector(".finding:not([hidden])");
      group.hidden = isFiltered && isEmpty;
      if (isFiltered && !isEmpty) group.open = true;
    }
    form.elements.shown.value = `${shown} of ${findings.length} shown`;
  };

  if (findings.length === 0) return;
  choices.forEach(offer);
  form.hidden = false;
  apply();
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());

  // "/" goes to the text, Escape takes all filters away, j and k go to the next and the last rule.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && form.contains(event.target)) {
      form.reset();
      apply();
      return;
    }
    if (event.target.closest("input, select")) return;
    if (event.key === "/") {
      event.preventDefault();
      form.elements.text.focus();
    } else if (event.key === "j" || event.key === "k") {
      const heads = [...document.querySelectorAll(".rule:not([hidden]) > summary")];
      const step = event.key === "j" ? 1 : -1;
      const next = heads[heads.indexOf(document.activeElement) + step] ?? heads[0];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    }
  });
})();
