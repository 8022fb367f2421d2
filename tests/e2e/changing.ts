/** A server of its own on a copy of the shipped data, for specs that change what is served. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class ChangingAtlas {
  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  /** With these files beside `atlas.toml`, or in its place, and further words for `serve`. */
  static async start(files: Readonly<Record<string, string>> = {}, words: readonly string[] = []): Promise<ChangingAtlas> {
    const folder = mkdtempSync(join(tmpdir(), 'plan-atlas-'));
    cpSync('../../geodata', folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const server = spawn('../../target/debug/plan-atlas', ['serve', '--data', folder, '--listen', '127.0.0.1:0', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RUST_LOG: 'off' },
    });
    const address = await new Promise<string>((found, lost) => {
      server.stdout.once('data', (line: Buffer) => {
        const url = /http:\/\/[\d.:]+/.exec(line.toString())?.[0];
        if (url) found(url);
        else lost(new Error(`no address in ${line.toString()}`));
      });
      server.once('exit', (code) => lost(new Error(`the server ended with ${code}`)));
    });
    return new ChangingAtlas(address, folder, server);
  }

  /** Replaces the first `from` in a file of the data folder. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  stop(): void {
    this.server.removeAllListeners('exit');
    this.server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
