// Good news leaves by itself after ten seconds, unless pointed at or focused; errors stay until dismissed.
const SHOWN_FOR = 10000;

export function keepToasts() {
  for (const toast of document.querySelectorAll(".toast")) {
    const button = toast.querySelector("[data-dismiss]");
    button.hidden = false;
    button.addEventListener("click", () => toast.remove());
    if (!toast.matches(".error, .warning")) leaveLater(toast);
  }
}

function leaveLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, SHOWN_FOR);
}
