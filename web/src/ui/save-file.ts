/** Hands content over as a file of the reader's; the one place where the page saves anything. */

/** Some browsers fetch the content only after the click has been dealt with. */
const KEPT_FOR = 10_000;

export function saveFile(name: string, content: BlobPart | readonly BlobPart[], type: string): void {
  const parts = Array.isArray(content) ? (content as BlobPart[]) : [content as BlobPart];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR);
}

export const CSV = 'text/csv;charset=utf-8';
