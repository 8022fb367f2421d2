/**
 * Cuts the letters of map pictures out of Noto Sans SC (SIL Open Font Licence 1.1), which comes as a package:
 * Latin, all of GB 2312, and what the shipped data has besides. Ten megabytes a weight become two and a half; the program carries them, so that a
 * machine without Chinese fonts draws and prints names.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const target = fileURLToPath(new URL('../fonts/', import.meta.url));
const data = fileURLToPath(new URL('../../geodata/', import.meta.url));
const weights = { regular: '400Regular/NotoSansSC_400Regular.ttf', bold: '700Bold/NotoSansSC_700Bold.ttf' };

/** Every character of the shipped data: names of places are older than standards. */
async function written() {
  const files = await readdir(data, { recursive: true });
  const texts = files.filter((file) => /\.(geojson|csv|toml)$/.test(file)).map((file) => readFile(`${data}${file}`, 'utf8'));
  return (await Promise.all(texts)).join('');
}

/** Those, the double-byte plane of GB 2312, and what Latin, Greek and typography need. */
async function characters() {
  const decoder = new TextDecoder('gbk');
  let text = await written();
  for (let lead = 0xa1; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) text += decoder.decode(Uint8Array.of(lead, trail));
  }
  for (const [from, to] of [[0x20, 0x7e], [0xa0, 0x17f], [0x370, 0x3ff], [0x2010, 0x203f], [0x2070, 0x209f]]) {
    for (let code = from; code <= to; code++) text += String.fromCodePoint(code);
  }
  return [...new Set(text)].filter((character) => character !== '\ufffd').join('');
}

await mkdir(target, { recursive: true });
const text = await characters();
for (const [name, file] of Object.entries(weights)) {
  const font = await readFile(require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`));
  const path = `${target}${name}.ttf`;
  const known = await readFile(path).catch(() => null);
  const cut = await subsetFont(font, text, { targetFormat: 'truetype' });
  // A file that did not change makes nothing else anew.
  if (!known?.equals(cut)) await writeFile(path, cut);
}
