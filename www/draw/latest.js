// Asks again and again, one question at a time; what is asked meanwhile waits, and only the last.

/**
 * @template Answer
 * @param {() => Promise<Answer>} ask Asks about what is there now.
 * @param {(answer: Answer) => void} show
 * @returns {() => void} Call it whenever the answer may have changed.
 */
export function latest(ask, show) {
  let asking = false;
  let again = false;
  return async function refresh() {
    again = true;
    if (asking) return;
    asking = true;
    try {
      while (again) {
        again = false;
        show(await ask());
      }
    } finally {
      asking = false;
    }
  };
}

const REST_MS = 300;

/**
 * Lets `refresh` wait, while `element` is out of sight, until nothing has changed for a moment.
 * @param {Element} element
 * @param {() => void} refresh
 * @returns {() => void} Call it whenever something has changed.
 */
export function calmly(element, refresh) {
  let seen = false;
  let waiting = false;
  let timer = 0;
  const now = () => {
    clearTimeout(timer);
    waiting = false;
    refresh();
  };
  new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? false;
    if (seen && waiting) now();
  }).observe(element);
  return () => {
    if (seen) return now();
    clearTimeout(timer);
    waiting = true;
    timer = setTimeout(now, REST_MS);
  };
}
