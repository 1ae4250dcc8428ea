// The page’s second half, where it did not come.

export const HALF_FAILED =
  "The rest of the page didn’t arrive: either the network failed, or this site has a newer version by now. What is above goes on working. Reload the page when you want the rest.";
