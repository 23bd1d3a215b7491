// A control with data-opens="ID" opens that dialog; without this script it is a link, or stays hidden.
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open || document.querySelector("dialog[open]")) return false;
  dialog.showModal();
  return true;
}

export function openDialogs() {
  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.hidden = false;
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      opener.closest("details")?.removeAttribute("open");
      if (openDialog(opener.dataset.opens)) event.preventDefault();
    });
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
}

export function closeMenus() {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
}

export function closeMenusOutside() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details[data-menu]")) closeMenus();
  });
}
