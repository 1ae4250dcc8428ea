// The charts as one picture.

import { colour } from "./paint.js";

/**
 * @param {{ canvas: HTMLCanvasElement, caption: string }[]} charts
 * @param {string} title
 * @param {string} note
 * @returns {Promise<Blob>} A PNG.
 */
export function picture(charts, title, note) {
  const scale = devicePixelRatio;
  const margin = 24 * scale;
  const line = 22 * scale;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(...charts.map((chart) => chart.canvas.width)) + 2 * margin;
  canvas.height = charts.reduce(
    (height, chart) => height + chart.canvas.height + 1.5 * line,
    2 * margin + 2.5 * line,
  );
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw the picture on.");

  context.fillStyle = colour("background");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "top";
  let y = margin;
  const write = (/** @type {string} */ text, /** @type {string} */ font, /** @type {string} */ name) => {
    context.font = font;
    context.fillStyle = colour(name);
    context.fillText(text, margin, y, canvas.width - 2 * margin);
    y += line;
  };
  write(title, `600 ${17 * scale}px Georgia, serif`, "text");
  write(note, `${12 * scale}px system-ui, sans-serif`, "quiet");
  for (const chart of charts) {
    y += line / 2;
    write(chart.caption, `${13 * scale}px system-ui, sans-serif`, "text");
    context.drawImage(chart.canvas, margin, y);
    y += chart.canvas.height;
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make the picture."))),
      "image/png",
    );
  });
}
