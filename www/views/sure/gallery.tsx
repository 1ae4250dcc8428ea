// The digits on which networks disagree or that all read wrongly, or those of a matrix's cell, twelve at a time.

import { type Signal, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import { cellTitle, galleryTitle, pictureLabel } from "../../words/sure.js";
import { networkClass } from "../canvas-colours.js";
import { useKeptFocus } from "../kept-focus.js";
import { type Cell, chosenImages } from "./gallery-images.js";
import type { Look } from "./look.js";
import { Picture } from "./picture.js";
import { isOnPad } from "./pixels.js";

/** At once. */
const MOST = 12;

interface GalleryProps {
  readonly app: App;
  readonly look: Look;
  readonly cell: Signal<Cell | null>;
  readonly onPress: (image: number) => void;
}

export function Gallery({ app, look, cell, onPress }: GalleryProps) {
  const chosen = useMemo(() => chosenImages(look, cell.value), [look, cell.value]);
  /** Which twelve, of which choice. */
  const paging = useSignal<{ cell: Cell | null; page: number }>({ cell: null, page: 0 });
  const pages = Math.max(1, Math.ceil(chosen.length / MOST));
  const page = paging.value.cell === cell.value ? paging.value.page % pages : 0;
  const shown = chosen.slice(page * MOST, (page + 1) * MOST);
  const head = useRef<HTMLDivElement>(null);
  useKeptFocus(head);
  const title = titleOf(look, cell.value, chosen.length);
  return (
    <div id="gallery" data-count={chosen.length}>
      <div class="gallery-head" ref={head}>
        <h3>{title}</h3>
        {cell.value && (
          <button type="button" onClick={() => (cell.value = null)}>
            All kinds
          </button>
        )}
        <button
          type="button"
          disabled={pages === 1}
          onClick={() => (paging.value = { cell: cell.value, page: page + 1 })}
        >
          Next {MOST}
        </button>
      </div>
      <Pictures app={app} look={look} title={title} shown={shown} onPress={onPress} />
    </div>
  );
}

function titleOf({ names, digits, images }: Look, cell: Cell | null, count: number): string {
  if (!cell) return galleryTitle(images ? count : null);
  const { network, truth, answer } = cell;
  const name = names[network] ?? "";
  return cellTitle({ name, digit: digits[truth] ?? 0, answer: digits[answer] ?? 0 }, count);
}

interface PicturesProps extends Omit<GalleryProps, "cell"> {
  readonly title: string;
  readonly shown: readonly number[];
}

/** A list in which arrow keys move, and Enter chooses. */
function Pictures({ app, look, title, shown, onPress }: PicturesProps) {
  const list = useRef<HTMLDivElement>(null);
  const current = useSignal(0);
  const at = Math.min(current.value, Math.max(0, shown.length - 1));
  const move = (to: number): void => {
    current.value = Math.min(shown.length - 1, Math.max(0, to));
    list.current?.querySelectorAll<HTMLElement>("[role=option]")[current.value]?.focus();
  };
  const onKey = (event: KeyboardEvent, place: number, image: number): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: place + 1,
      ArrowDown: place + 1,
      ArrowLeft: place - 1,
      ArrowUp: place - 1,
      Home: 0,
      End: shown.length - 1,
    };
    const to = targets[event.key];
    if (event.key === "Enter" || event.key === " ") onPress(image);
    else if (to === undefined) return;
    else move(to);
    event.preventDefault();
  };
  return (
    <div class="gallery-list" role="listbox" aria-label={title} ref={list}>
      {Array.from({ length: MOST }, (_, place) => {
        const image = shown[place];
        if (image === undefined)
          return (
            <div key={place} class="gallery-item" aria-hidden="true">
              <Picture app={app} images={null} image={null} />
              <Answers look={look} image={null} />
            </div>
          );
        return (
          <div
            key={place}
            class="gallery-item"
            role="option"
            aria-selected={isOnPad(app, look.images, image)}
            tabIndex={place === at ? 0 : -1}
            data-digit={look.images?.digits[image]}
            data-index={look.images?.indices[image]}
            onFocus={() => (current.value = place)}
            onClick={() => onPress(image)}
            onKeyDown={(event) => onKey(event, place, image)}
          >
            <span class="spoken">{pictureLabel(look, image, place + 1)}</span>
            <Picture app={app} images={look.images} image={image} />
            <Answers look={look} image={image} />
          </div>
        );
      })}
    </div>
  );
}

/** Each network's answer, by its colour and in their order; ✗ where it is wrong. */
function Answers({ look, image }: { look: Look; image: number | null }) {
  return (
    <>
      {look.names.map((name, network) => {
        const read = look.reads[network];
        const isKnown = image !== null && read && read !== "diverged";
        const answer = isKnown ? (read.answers[image] ?? 0) : null;
        const isWrong = answer !== null && image !== null && answer !== look.images?.classes[image];
        return (
          <span
            key={name}
            class={`gallery-answer ${networkClass(network)}`}
            data-model={name}
            aria-hidden="true"
          >
            <span class="mark" />
            {answer === null ? "\u00a0" : look.digits[answer]}
            {isWrong && <span class="wrong"> ✗</span>}
          </span>
        );
      })}
    </>
  );
}
