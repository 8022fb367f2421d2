/** In place of `map/shipped-font`: a page from a disk may load no fonts, and takes those of its machine. */
export const slices: { url: string; ranges: string[] }[] = [];
