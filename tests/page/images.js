// The site's images, for who works with the compiled core alone.

import { Images } from "../pkg/mnist_cubic.js";

/**
 * @param {number[]} digits
 * @param {string} site Its address.
 */
export async function imagesOf(digits, site) {
  const data = new URL("data/", site);
  const manifest = await (await fetch(new URL("manifest.json", data))).json();
  const images = new Images();
  for (const digit of digits) {
    for (const part of ["train", "test"]) {
      const entry = manifest.digits[digit][part];
      const files = [entry.images, entry.positions].map(({ file }) => unpacked(new URL(file, data)));
      images.add(part, digit, ...(await Promise.all(files)));
    }
  }
  return images;
}

/** @param {URL} url */
async function unpacked(url) {
  const { body } = await fetch(url);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
