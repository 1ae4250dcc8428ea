// Makes elements in one expression.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * A button that does one thing.
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function button(label, press, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

/**
 * A canvas that reads aloud as a picture.
 * @param {string} label
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLCanvasElement}
 */
export function picture(label, attributes = {}) {
  return element("canvas", { role: "img", "aria-label": label, ...attributes });
}
