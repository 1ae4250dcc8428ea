// Addresses of this page.

/** The address that opens the whole page with these settings, whatever else the present one asks for. */
export function linkTo(hash: string): string {
  const address = new URL(`#${hash}`, document.baseURI);
  address.search = "";
  return address.href;
}
