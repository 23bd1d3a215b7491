// New notifications: the count in the navigation and the lists ask for themselves again, and the newest is announced.
import { addToast } from "./toasts.js";

const LATE = 2500;

function newest() {
  return document.querySelector(".unread [data-newest]")?.dataset;
}

function announce({ title, link, private: hides }) {
  const template = document.getElementById("toast-of-news");
  const toast = template.content.firstElementChild.cloneNode(true);
  const words = toast.querySelector("a");
  words.textContent = title;
  words.href = link;
  words.classList.toggle("private", hides !== undefined);
  addToast(toast);
}

export function announceNotifications() {
  const known = new Set();
  let notified = "";

  function lookAgain() {
    htmx.trigger(document.body, "notified");
  }

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (!target.matches(".unread")) return;
    const latest = newest();
    if (notified && latest && !known.has(latest.newest)) announce(latest);
    if (latest) known.add(latest.newest);
  });

  return {
    lookAgain,
    notify(notificationId) {
      notified = notificationId;
      lookAgain();
      // The index of what is unread may lag behind the notification.
      setTimeout(() => {
        if (notified === notificationId && newest()?.newest !== notificationId) lookAgain();
      }, LATE);
    },
  };
}
