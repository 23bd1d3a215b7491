// Good news leaves by itself after ten seconds, unless pointed at or focused; errors stay until dismissed.
const SHOWN_FOR = 10000;

export function keepToasts() {
  for (const toast of document.querySelectorAll(".toast")) keep(toast);
}

// A toast made in the page; the place of toasts is announced by screen readers, politely.
export function addToast(toast) {
  document.querySelector(".toasts").append(toast);
  keep(toast);
}

function keep(toast) {
  const button = toast.querySelector("[data-dismiss]");
  button.hidden = false;
  button.addEventListener("click", () => toast.remove());
  if (!toast.matches(".error, .warning")) leaveLater(toast);
}

function leaveLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, SHOWN_FOR);
}
