/** The engine (`engine/src/lib.rs`) in a worker: one question at a time, in the order in which they come. */

export interface Asked {
  id: number;
  address: string;
  body?: string;
}

export interface Answered {
  id: number;
  status: number;
  kind: string;
  body: ArrayBuffer;
}

interface Engine {
  memory: WebAssembly.Memory;
  room: (bytes: number) => number;
  open: () => number;
  ask: (address: number, body: number) => number;
  answer: () => number;
  answer_length: () => number;
  kind: () => number;
  kind_length: () => number;
}

interface Opening {
  engine: ArrayBuffer;
  atlas: ArrayBuffer;
}

const worker = self as unknown as { onmessage: (event: MessageEvent<Opening | Asked>) => void; postMessage: (what: Answered, give: Transferable[]) => void };
const encode = new TextEncoder();
const decode = new TextDecoder();

let opened: Promise<Engine> | undefined;

async function open({ engine, atlas }: Opening): Promise<Engine> {
  const module = await WebAssembly.compile(engine);
  const exports = (await WebAssembly.instantiate(module, foreign(module))).exports as unknown as Engine;
  const at = exports.room(atlas.byteLength);
  new Uint8Array(exports.memory.buffer, at, atlas.byteLength).set(new Uint8Array(atlas));
  if (exports.open() !== 1) throw new Error(text(exports, exports.answer(), exports.answer_length()));
  return exports;
}

/**
 * proj4rs asks for functions of the browser by way of wasm-bindgen wherever it is built for one. It only projects
 * exports, which are written by a server, so that nobody ever calls them.
 */
function foreign(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: WebAssembly.Imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = (): never => {
      throw new Error(`the engine has no ${name}`);
    };
  }
  return imports;
}

const text = (engine: Engine, at: number, length: number): string => decode.decode(new Uint8Array(engine.memory.buffer, at, length));

function answer(engine: Engine, { id, address, body }: Asked): Answered {
  const question = encode.encode(address);
  const sent = body === undefined ? undefined : encode.encode(body);
  const at = engine.room(question.length + (sent?.length ?? 0));
  const room = new Uint8Array(engine.memory.buffer, at, question.length + (sent?.length ?? 0));
  room.set(question);
  if (sent) room.set(sent, question.length);
  const status = engine.ask(question.length, sent ? sent.length : -1);
  const kind = text(engine, engine.kind(), engine.kind_length());
  const from = engine.answer();
  return { id, status, kind, body: engine.memory.buffer.slice(from, from + engine.answer_length()) };
}

worker.onmessage = ({ data }) => {
  if ('engine' in data) {
    opened = open(data);
    return;
  }
  void opened?.then((engine) => {
    const answered = answer(engine, data);
    worker.postMessage(answered, [answered.body]);
  }, (error: unknown) => {
    const body = encode.encode(JSON.stringify({ type: 'about:blank', title: 'The atlas cannot be opened', status: 500, detail: String(error) }));
    worker.postMessage({ id: data.id, status: 500, kind: 'application/problem+json', body: body.buffer as ArrayBuffer }, []);
  });
};
