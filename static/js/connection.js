// The connection to /ws/stream/ (docs/stream.md): open while the page is shown, opened again after a pause that grows.
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;
const STEADY_AFTER = 10000;
const TOO_MANY_CONNECTIONS = 4429;

// `onOpen` and `onMessage(message)` are called as it happens.
export class Connection {
  #handlers;
  #socket = null;
  #timer = 0;
  #failures = 0;

  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", () => this.#follow());
    // A page kept for the back button must hold no connection.
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", () => this.#follow());
    this.#follow();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  say(message) {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  #follow() {
    if (document.visibilityState === "hidden") this.#close();
    else if (!this.#socket && !this.#timer) this.#open();
  }

  #open() {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/stream/`);
    let openedAt = 0;
    this.#socket = socket;
    socket.addEventListener("open", () => {
      openedAt = Date.now();
      this.#handlers.onOpen();
    });
    socket.addEventListener("message", ({ data }) => this.#handlers.onMessage(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket !== socket) return;
      const wasSteady = openedAt && Date.now() - openedAt > STEADY_AFTER;
      this.#failures = wasSteady ? 1 : this.#failures + 1;
      this.#socket = null;
      this.#openLater(code === TOO_MANY_CONNECTIONS ? LONGEST_PAUSE : this.#pause());
    });
  }

  #pause() {
    const most = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (this.#failures - 1));
    return most * (0.5 + Math.random() / 2);
  }

  #openLater(pause) {
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#follow();
    }, pause);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
