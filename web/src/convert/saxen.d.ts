/** The part of saxen that is used; it ships no types. */
declare module 'saxen' {
  export type Decode = (text: string) => string;
  export type Where = () => { line: number; column: number };

  export class Parser {
    on(event: 'openTag', tell: (name: string, attributes: () => Record<string, string> | false, decode: Decode) => void): this;
    on(event: 'closeTag', tell: (name: string) => void): this;
    on(event: 'text', tell: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', tell: (text: string) => void): this;
    on(event: 'attention', tell: (text: string) => void): this;
    on(event: 'error', tell: (error: Error, where: Where) => void): this;
    on(event: 'warn', tell: (error: Error, where: Where) => void): this;
    parse(xml: string): Error | null;
  }
}
