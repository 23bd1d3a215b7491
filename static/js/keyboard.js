// Shortcuts of single keys: none of them changes anything, none works inside a field, and they can be switched off.
import { closeMenus, openDialog } from "./dialogs.js";

const SWITCH = "keyboard";
const SECOND_KEY_WITHIN = 1500;
let wentAt = 0;

function isOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function isField(element) {
  return element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
}

function search() {
  const field = document.querySelector("main input[type='search']");
  if (field) field.focus();
  else openDialog("search-dialog");
}

function act(key) {
  if (Date.now() - wentAt < SECOND_KEY_WITHIN) {
    wentAt = 0;
    const link = document.querySelector(`nav a[data-key="${CSS.escape(key)}"]`);
    if (link) location.assign(link.href);
    return Boolean(link);
  }
  switch (key) {
    case "?": return openDialog("keyboard-dialog");
    case "/": search(); return true;
    case "n": return openDialog("add-dialog");
    case "g": wentAt = Date.now(); return true;
    default: return false;
  }
}

export function listenForShortcuts() {
  const toggle = document.querySelector("[data-keyboard-switch]");
  if (toggle) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => localStorage.setItem(SWITCH, toggle.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus();
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
}
