// What the pages do beyond plain links and forms. Without this script everything still works, page by page.
import { discloseFields, groups } from "./forms.js";

const dialog = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
const ask = document.getElementById("ask");
const help = document.getElementById("help");
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- Dialogs: opened by what htmx brings, left with a question while something is unsaved.

const dirty = () => Boolean($("form[data-dirty]", content));
function close() {
  if (dirty()) return question(dialog.dataset.leave, () => { content.replaceChildren(); dialog.close(); });
  dialog.close();
}
dialog?.addEventListener("cancel", (event) => { if (dirty()) { event.preventDefault(); close(); } });
dialog?.addEventListener("close", () => { const again = $("[data-reload]", content); content.replaceChildren(); if (again) location.reload(); });

document.addEventListener("htmx:after:swap", () => {
  if (content?.childElementCount && !dialog.open) dialog.showModal();
  freshToken();
  prepare(content || document);
  $("[aria-invalid=true], [autofocus]", content)?.focus();
  $("[data-advice]", content)?.scrollIntoView({ block: "center" });
});

// --- A request on its way: one at a time, and it always comes to an end.

document.addEventListener("htmx:before:request", (event) => waiting(event, true));
document.addEventListener("htmx:finally:request", (event) => waiting(event, false));
document.addEventListener("htmx:error", (event) => noAnswer(event));
function waiting(event, on) {
  const form = event.detail?.ctx?.sourceElement?.closest?.("form, a, button");
  if (!form) return;
  form.toggleAttribute("aria-busy", on);
  $$("[data-spin]", form).forEach((word) => { word.hidden = !on; });
}
function noAnswer() {
  const place = $("[data-alert]", dialog.open ? dialog : document) || $("[data-alert]");
  place?.replaceChildren($("#no-answer").content.cloneNode(true));
}
function freshToken() {
  const token = $("[data-alert] [data-token]")?.dataset.token;
  if (token) $$("input[name=csrf]").forEach((input) => { input.value = token; });
}

// --- Questions before something is carried out.

let answer = null;
function question(text, then) {
  $("#ask-text").textContent = text;
  answer = then;
  ask.showModal();
  $("[data-yes]", ask).focus();
}
ask?.addEventListener("close", () => { answer = null; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-ask]");
  if (!button || button.dataset.sure) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (button.form?.reportValidity() === false) return;
  question(button.dataset.ask, () => {
    button.dataset.sure = "yes";
    button.form.requestSubmit(button);
    delete button.dataset.sure;
  });
}, true);

// --- The review form: the chosen conclusion lights up; its button works once the opinion is saved.

function review(form) {
  const conclude = form.closest("[data-sheet]").querySelector("[data-decide-form]");
  const buttons = $$("[data-conclusion]", conclude);
  const show = () => {
    const chosen = form.elements.decision.value;
    buttons.forEach((button) => button.classList.toggle("lit", button.value === chosen));
    $$("[data-for]", form).forEach((own) => {
      own.hidden = own.disabled = own.dataset.for !== chosen;
      // Radios of one name are one set in the whole form: those of another conclusion have taken the tick away.
      if (!own.hidden) $$("input[type=radio]", own).filter((one) => one.defaultChecked && !$(`input[name="${CSS.escape(one.name)}"]:checked`, own)).forEach((one) => { one.checked = true; });
    });
    discloseFields(form);
  };
  const changed = () => {
    form.dataset.dirty = "yes";
    form.dataset.saved = "no";
    buttons.forEach((button) => { button.disabled = true; });
    $("[data-saved-word]", form).textContent = "";
    $("[data-unsaved-word]", form).hidden = false;
    show();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("group:changed", changed);
  $$("[data-adopt]", form.closest("[data-sheet]")).forEach((button) => button.addEventListener("click", () => {
    const radio = $(`input[name=decision][value="${CSS.escape(button.dataset.decision)}"]`, form);
    if (radio) radio.checked = true;
    form.elements.opinion.value = button.dataset.opinion;
    show();
    fill($(`[data-for="${CSS.escape(button.dataset.decision)}"]`, form), JSON.parse(button.dataset.values));
    changed();
  }));
  const phrases = $("[data-phrases]", form);
  if (phrases) phrases.hidden = false;
  phrases?.addEventListener("change", () => {
    const text = form.elements.opinion;
    text.value = [text.value.trim(), phrases.value].filter(Boolean).join("\n");
    phrases.value = "";
    text.focus();
    changed();
  });
  // Ctrl+Enter sends, or saves where there is nothing to send.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ($("[data-send]:enabled", form) || $("[data-save]:enabled", form))?.click();
  });
  show();
}

// Puts a colleague's draft into the inputs; of a group, as many items as are shown.
function fill(scope, values) {
  if (!scope) return;
  for (const input of $$("[name]", scope)) {
    const held = values[input.name] || [];
    if (["checkbox", "radio"].includes(input.type)) input.checked = held.includes(input.value);
    else input.value = held.at(-1) ?? "";
  }
}

// --- Lists: ticks for batches, keys for rows.

function batch(form) {
  const ticks = $$(`input[form="${form.id}"]`);
  const all = $("[data-all]");
  const word = $("[data-chosen]", form);
  const empty = word.textContent;
  const count = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    word.textContent = chosen ? `${empty}${chosen}` : empty;
    $$("button", form).forEach((button) => { button.disabled = chosen === 0; });
  };
  all?.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); count(); });
  ticks.forEach((tick) => tick.addEventListener("change", count));
  count();
}

let row = -1;
function move(step) {
  const rows = $$("table[data-queue] tbody tr[data-serial]");
  if (!rows.length) return;
  row = Math.max(0, Math.min(rows.length - 1, row + step));
  rows.forEach((one, place) => one.classList.toggle("picked", place === row));
  rows[row].focus();
  rows[row].scrollIntoView({ block: "nearest" });
}
const here = () => $("tr.picked") || $("[data-here]");
const KEYS = {
  "/": () => $("[data-find]")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  r: () => $("[data-review]", here() || document.createElement("i"))?.click(),
  m: () => $("[data-comment]", here() || document.createElement("i"))?.click(),
  "?": () => help?.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) { if (event.key === "Escape") event.target.blur(); return; }
  if (event.key === "Enter" && event.target.matches("tr[data-serial]")) return $("[data-open]", event.target)?.click();
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});

// --- Papers: a PDF in the viewer's frame, a picture as a picture.

function papers(box) {
  const place = $("[data-viewer-place]", box);
  const open = (node, name) => {
    place.replaceChildren(node);
    $("[data-viewer-name]", box).textContent = name;
    box.hidden = false;
    box.scrollIntoView({ block: "start", behavior: "smooth" });
  };
  $$("[data-view], [data-picture]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const pdf = button.dataset.view;
      const node = document.createElement(pdf ? "iframe" : "img");
      node.src = pdf || button.dataset.picture;
      node[pdf ? "title" : "alt"] = button.dataset.name;
      open(node, button.dataset.name);
    });
  });
  $("[data-viewer-close]", box).addEventListener("click", () => { box.hidden = true; place.replaceChildren(); });
}

// --- What a conclusion would issue: the form goes to a frame below it, and stays as it is.

document.addEventListener("click", (event) => {
  const closing = event.target.closest("[data-preview-close]");
  if (closing) closing.closest("[data-preview-place]").hidden = true;
  const button = event.target.closest("button[data-preview]");
  const place = button && $("[data-preview-place]", button.closest("[data-sheet]"));
  if (!place) return;
  event.preventDefault();
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action: button.formAction, target: "paper-preview", hidden: true });
  for (const [name, value] of [...new FormData(button.form), [button.name, button.value]]) {
    sent.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(sent);
  sent.submit();
  sent.remove();
  $("[data-preview-name]", place).textContent = button.textContent.trim();
  place.hidden = false;
  place.scrollIntoView({ block: "start", behavior: "smooth" });
}, true);

// --- Everything else.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) help.showModal();
  const leave = event.target.closest("[data-close]");
  if (leave && leave.closest("dialog")) { event.preventDefault(); (leave.closest("#dialog") ? close : () => leave.closest("dialog").close())(); }
  else if (leave && leave.tagName !== "A") history.back();
  if (event.target.closest("[data-no]")) ask.close();
  if (event.target.closest("[data-yes]")) { const then = answer; ask.close(); then?.(); }
});
document.addEventListener("submit", (event) => {
  // A second press while the first is on its way does nothing; htmx forms are guarded by their own state.
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-search]")) $$("input, select", event.target).forEach((input) => { if (!input.value) input.disabled = true; });
});

function prepare(within) {
  $$("form[data-review-form]:not([data-ready])", within).forEach((form) => { form.dataset.ready = "yes"; groups(form); review(form); });
  $$("form[data-direct-form]:not([data-ready]), form[data-comment-form]:not([data-ready])", within).forEach((form) => {
    form.dataset.ready = "yes";
    groups(form);
    discloseFields(form);
    form.addEventListener("input", () => { form.dataset.dirty = "yes"; discloseFields(form); });
  });
}
prepare(document);
$$("form[data-batch]").forEach(batch);
$$("[data-viewer]").forEach(papers);
