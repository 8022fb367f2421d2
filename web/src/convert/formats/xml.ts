/**
 * XML as events on a stack, for readers that pick subtrees out of large documents. A document type declaration
 * is refused outright: entities, from a file of this kind, are a mistake at best and an attack at worst.
 */
import { Parser } from 'saxen';
import { decode, encodingNamed, type Text } from '../encoding';
import { Refused } from '../failure';
import type { Encoding } from '../model';

export interface Element {
  /** Without its prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Element[];
  text: string;
}

export function decodeXml(bytes: Uint8Array, chosen: Encoding | null): Text {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(head.replace(/^ï»¿/, ''))?.[1];
  return decode(bytes, chosen, declared ? encodingNamed(declared) : null);
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Calls `whole` with every element of the wanted names, complete with its children, and `open`/`close`
 * with all that lie outside of such. `path` is what is open at the moment.
 */
export function eachElement(xml: string, wanted: readonly string[], tell: {
  whole: (element: Element, path: readonly Element[]) => void;
}): void {
  const path: Element[] = [];
  let inside = 0;
  const parser = new Parser();
  parser.on('openTag', (name, attributes, unescape) => {
    const found = attributes() || {};
    const element: Element = { name: local(name), attributes: Object.fromEntries(Object.entries(found).map(([key, value]) => [key, unescape(value)])), children: [], text: '' };
    if (inside > 0) path[path.length - 1]?.children.push(element);
    if (inside > 0 || wanted.includes(element.name)) inside += 1;
    path.push(element);
  });
  parser.on('closeTag', () => {
    const element = path.pop();
    if (!element) return;
    if (inside > 0) inside -= 1;
    else if (element.name === 'name') rename(path, element.text);
    if (inside === 0 && wanted.includes(element.name)) tell.whole(element, path);
  });
  parser.on('text', (text, unescape) => append(path, unescape(text)));
  parser.on('cdata', (text) => append(path, text));
  parser.on('attention', () => {
    throw new Refused({ code: 'xml-entities' });
  });
  parser.on('error', (_, where) => {
    throw new Refused({ code: 'xml-broken', at: String(where().line + 1) });
  });
  parser.parse(xml);
}

function append(path: readonly Element[], text: string): void {
  const element = path[path.length - 1];
  if (element) element.text += text;
}

/** A folder is known by the name within it. */
function rename(path: readonly Element[], name: string): void {
  const parent = path[path.length - 1];
  if (parent) parent.text = name.trim();
}

export const child = (element: Element, name: string): Element | undefined => element.children.find((one) => one.name === name);
export const textOf = (element: Element | undefined): string => element?.text.trim() ?? '';
