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

/**
 * Holds `refresh` back while `element` is out of sight.
 * @param {Element} element
 * @param {() => void} refresh
 * @returns {() => void}
 */
export function inSight(element, refresh) {
  let seen = false;
  let stale = true;
  const look = () => {
    if (!seen || !stale) return;
    stale = false;
    refresh();
  };
  new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? false;
    look();
  }).observe(element);
  return () => {
    stale = true;
    look();
  };
}
