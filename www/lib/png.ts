// Pictures as files.

/** A canvas of this size in CSS pixels, painted with `scale` pixels to each, as a PNG. Rejects with a sentence. */
export function png(
  width: number,
  height: number,
  scale: number,
  paint: (context: CanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser can draw no picture.");
  context.scale(scale, scale);
  paint(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("This browser can save no picture."));
    }, "image/png");
  });
}
