// Names that the page and its offline worker share. Other pages may use the origin's caches: ours end with our scope.

/** The cache of the page's own files, of all builds. */
export const filesCache = (scope: string): string => `files of ${scope}`;

/** The cache of images, which the page fills and the offline worker serves. */
export const imagesCache = (scope: string): string => `images of ${scope}`;
