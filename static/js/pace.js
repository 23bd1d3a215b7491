// Does something soon after it is asked for, once for all that is asked meanwhile, and never more often than `gap`.
export class Pace {
  #gap;
  #soon;
  #act;
  #timer = 0;
  #actedAt;

  // Milliseconds. Where the gap is long, the first comes a gap after the page was loaded, which showed what is new.
  constructor(gap, soon, act) {
    this.#gap = gap;
    this.#soon = soon;
    this.#act = act;
    this.#actedAt = Date.now();
  }

  ask() {
    if (this.#timer) return;
    const wait = Math.max(this.#soon, this.#actedAt + this.#gap - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#actedAt = Date.now();
      this.#act();
    }, wait);
  }
}
