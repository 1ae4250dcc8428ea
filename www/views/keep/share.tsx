// To share: a link to the experiment, and a picture of the answer.

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

import { copy } from "../../lib/copy.js";
import { save } from "../../lib/save.js";
import type { App } from "../../state/app.js";
import { SHARED, copiedText, notCopiedText } from "../../words/share.js";
import { followShown } from "../verdict/shown.js";
import { answerPicture, messageOf } from "./answer-picture.js";
import { linkOf } from "./linked.js";
import { pictureOf } from "./paint-answer-picture.js";

const FILE = "answer.png";

interface ShareProps {
  app: App;
  /** Does what may fail, and says how it went. */
  say: (act: () => string | Promise<string>) => Promise<void>;
}

export function Share({ app, say }: ShareProps) {
  const shown = useMemo(() => followShown(app), [app]);
  const canShare = useSignal(false);
  useEffect(() => {
    canShare.value = takesPictures();
  }, []);
  const copyLink = async () => {
    const { address, linked } = linkOf(app);
    return (await copy(address)) ? copiedText(linked) : notCopiedText(address);
  };
  const picture = () =>
    answerPicture(app, document.querySelector("h1")?.textContent ?? "", shown.value);
  const savePicture = async () => {
    save(FILE, await pictureOf(picture()));
    return `${FILE} is saved.`;
  };
  const sharePicture = async () => {
    const its = picture();
    const files = [new File([await pictureOf(its)], FILE, { type: "image/png" })];
    return handOver({ files, title: its.title, text: messageOf(its), url: its.link });
  };
  const button = (name: string, act: () => Promise<string>) => (
    <button type="button" onClick={() => void say(act)}>
      {name}
    </button>
  );
  return (
    <div class="buttons">
      {button("Copy the experiment’s link", copyLink)}
      {button("Picture of the answer", savePicture)}
      {canShare.value && button("Share the answer", sharePicture)}
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </div>
  );
}

/** Whether this browser hands pictures to other programs. */
function takesPictures(): boolean {
  // Not every browser has it, whatever TypeScript says.
  const { canShare } = navigator as Partial<Navigator>;
  const files = [new File([], FILE, { type: "image/png" })];
  return canShare?.call(navigator, { files }) ?? false;
}

async function handOver(data: ShareData): Promise<string> {
  try {
    await navigator.share(data);
    return SHARED;
  } catch (error) {
    // The visitor thought better of it.
    if (error instanceof DOMException && error.name === "AbortError") return "";
    throw error;
  }
}
