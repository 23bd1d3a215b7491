// Theme and privacy change at once; the same form is sent to the server, which remembers. Where it could not, the page
// is loaded again and shows what the server holds.
const root = document.documentElement;

function show(name, value) {
  if (name === "theme") {
    root.dataset.theme = value;
    document.querySelector("meta[name='color-scheme']").content = value === "system" ? "light dark" : value;
    for (const button of document.querySelectorAll("button[name='theme']")) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
  } else {
    root.dataset.privacy = value;
    for (const button of document.querySelectorAll("button[name='privacy']")) {
      button.setAttribute("aria-pressed", String(value === "on"));
      button.value = value === "on" ? "off" : "on";
    }
  }
  document.dispatchEvent(new CustomEvent("appearance-changed", { detail: { [name]: value } }));
}

export function switchAppearanceInPlace() {
  for (const form of document.querySelectorAll("form[data-appearance]")) {
    form.addEventListener("submit", async (event) => {
      const { name, value } = event.submitter ?? {};
      if (!name) return;
      event.preventDefault();
      const body = new FormData(form);
      body.set(name, value);
      show(name, value);
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
      if (!answer || answer.status >= 400) location.reload();
    });
  }
}
