// What is pushed makes the parts of a page that show it ask for themselves again; the words and figures come from the
// server's own templates. Without a connection they ask every few seconds, as they do without this script.
import { Connection } from "./connection.js";
import { announceNotifications } from "./notifications.js";
import { Pace } from "./pace.js";
import { shownPrices } from "./prices.js";

const LIVE_UP_TO = 10;
const SHORTEST_GAP = 500;
const GATHERED_WITHIN = 30;
const RARELY = 60000;
const MOST_WATCHED = 100;

// Someone who asked for new prices at most so often gets them so, pushed or not; up to ten seconds means: as they come.
function gapBetweenPrices() {
  const seconds = Number(document.body.dataset.refreshSeconds ?? 0);
  return seconds > LIVE_UP_TO ? seconds * 1000 : SHORTEST_GAP;
}

// While the connection announces what is new, the requests of `every Ns` are left out, but for one a minute: it shows
// what grew stale, and what an announcement that was lost would have shown. What nobody announces says so by
// `data-not-pushed`, and goes on asking.
function askRarelyWhile(isConnected) {
  const askedAt = new Map();
  const start = Date.now();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, requestConfig } = event.detail;
    const path = elt.getAttribute("hx-get");
    if (!path || elt.hasAttribute("data-not-pushed")) return;
    const isPoll = !requestConfig.triggeringEvent;
    if (isPoll && isConnected() && Date.now() - (askedAt.get(path) ?? start) < RARELY) event.preventDefault();
    else askedAt.set(path, Date.now());
  });
}

export function listen() {
  const prices = shownPrices();
  const isMember = document.body.classList.contains("member");
  if (!isMember && prices.size === 0) return;
  const pace = new Pace(gapBetweenPrices(), GATHERED_WITHIN, () => htmx.trigger(document.body, "moved"));
  const notifications = announceNotifications();
  let wasOpen = false;

  const connection = new Connection({
    onOpen() {
      if (prices.size) connection.say({ watch: [...prices.keys()].slice(0, MOST_WATCHED) });
      if (wasOpen && isMember) notifications.lookAgain();
      wasOpen = true;
    },
    onMessage(message) {
      if (message.type === "price" && message.at > (prices.get(message.asset_id) ?? "")) {
        prices.set(message.asset_id, message.at);
        pace.ask();
      } else if (message.type === "event") {
        notifications.notify(message.n);
      }
    },
  });
  askRarelyWhile(() => connection.isOpen);
}
