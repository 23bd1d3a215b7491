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

export function tellOfNews() {
  const known = new Set();
  let told = "";

  function lookAgain() {
    htmx.trigger(document.body, "told");
  }

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (!target.matches(".unread")) return;
    const news = newest();
    if (told && news && !known.has(news.newest)) announce(news);
    if (news) known.add(news.newest);
  });

  return {
    lookAgain,
    tell(notificationId) {
      told = notificationId;
      lookAgain();
      // The index of what is unread may lag behind the notification.
      setTimeout(() => {
        if (told === notificationId && newest()?.newest !== notificationId) lookAgain();
      }, LATE);
    },
  };
}
