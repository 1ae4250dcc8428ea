// Views of images fetch them once visible: they may not have been prefetched.

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

import type { App } from "../state/app.js";

/** Fetches the images once this element is in sight. */
export function useImagesInSight(app: App, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      wantImages(app);
    });
    observer.observe(element.current);
    return () => {
      observer.disconnect();
    };
  }, [app, element]);
}

/** Fetches them unless they are there or on their way, or failed to come: then the page offers to try again. */
export function wantImages({ images, settings, training }: App): void {
  const isThere = images.count("test", settings.digits.peek()) > 0;
  const isComing = images.progress.peek() !== null;
  if (!isThere && !isComing && images.problem.peek() === null) void training.wantImages();
}
