// The digit that is pointed at: its picture, and what every network makes of it.

import type { App } from "../../state/app.js";
import { imageText, longestImageText, POINT } from "../../words/sure.js";
import { Slot } from "../verdict/slot.js";
import type { Look } from "./look.js";
import { Picture } from "./picture.js";

export function Pointed({ app, look, image }: { app: App; look: Look; image: number | null }) {
  return (
    <div class="sure-pointed">
      <Picture app={app} images={look.images} image={image} />
      <Slot longest={longestImageText(look.names)}>
        {image === null ? POINT : imageText(look, image)}
      </Slot>
    </div>
  );
}
