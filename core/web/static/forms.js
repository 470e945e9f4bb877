// Fields that appear when others call for them, and groups whose items come and go. The server stays the judge.

function valuesOf(scope, name, prefix) {
  const full = prefix + name;
  return [...scope.elements]
    .filter((input) => input.name === full && !input.disabled && (!["checkbox", "radio"].includes(input.type) || input.checked))
    .map((input) => input.value)
    .filter((value) => value !== "");
}

function holds(condition, form, prefix) {
  if (condition.all) return condition.all.every((part) => holds(part, form, prefix));
  if (condition.some) {
    const heads = new Set([...form.elements].map((input) => input.name).filter((name) => name.startsWith(`${condition.field}.`)).map((name) => name.split(".").slice(0, 2).join(".")));
    return [...heads].some((head) => holds(condition.some, form, `${head}.`));
  }
  const values = valuesOf(form, condition.field, prefix);
  if (condition.in) return values.some((value) => condition.in.includes(value));
  if (condition.filled) return values.some((value) => value !== "false");
  return true;
}

export function discloseFields(form) {
  for (const field of form.querySelectorAll("[data-when]")) {
    if (field.closest("fieldset[disabled]")) continue;
    const input = field.querySelector("[name]");
    const parts = input ? input.name.split(".") : [];
    const prefix = field.dataset.group || parts.length < 3 ? "" : `${parts.slice(0, 2).join(".")}.`;
    field.hidden = !holds(JSON.parse(field.dataset.when), form, prefix);
  }
}

function number(items) {
  [...items.children].forEach((item, place) => {
    for (const input of item.querySelectorAll("[name]")) input.name = input.name.replace(/\.\d+\./, `.${place}.`);
    for (const marked of item.querySelectorAll("[id]")) marked.id = marked.id.replace(/-\d+-/, `-${place}-`);
    for (const label of item.querySelectorAll("label[for]")) label.htmlFor = label.htmlFor.replace(/-\d+-/, `-${place}-`);
  });
}

export function groups(form) {
  for (const group of form.querySelectorAll("[data-group]")) {
    const items = group.querySelector("[data-items]");
    const add = group.querySelector("[data-add]");
    const told = () => { number(items); form.dispatchEvent(new Event("group:changed")); };
    add.addEventListener("click", () => {
      if (add.dataset.most && items.children.length >= Number(add.dataset.most)) return;
      const item = items.lastElementChild.cloneNode(true);
      item.querySelectorAll(".wrong").forEach((word) => word.remove());
      item.querySelectorAll("input, textarea, select").forEach((input) => {
        if (["checkbox", "radio"].includes(input.type)) input.checked = false;
        else input.value = "";
        input.classList.remove("is-invalid");
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
      });
      items.append(item);
      told();
      item.querySelector("input, textarea, select")?.focus();
    });
    items.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-remove]");
      if (!remove) return;
      if (items.children.length > 1) remove.closest("[data-item]").remove();
      else items.querySelectorAll("input, textarea, select").forEach((input) => { input.value = ""; });
      told();
    });
  }
}
