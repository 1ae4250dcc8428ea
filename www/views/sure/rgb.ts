/** Red, green and blue, 0 to 255, of any colour that a style sheet may have. */
export function channels(
  context: CanvasRenderingContext2D,
  colour: string,
): [red: number, green: number, blue: number] {
  context.fillStyle = colour;
  // An opaque colour is read as "#0072b2", however it was written.
  const value = Number.parseInt(context.fillStyle.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
