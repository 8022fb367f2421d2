/** What the tests of conversion share: files of `tests/fixtures/own` as a person would drop them, and the townships they name. */
import { readFileSync } from 'node:fs';
import { finish, type Finished } from './finish';
import type { Answer, Draft, Encoding, Township } from './model';
import { read } from './read';
import { matcher } from './townships';
import type { FileFailure } from './failure';

const FOLDER = new URL('../../../tests/fixtures/own/', import.meta.url);

export const fixture = (name: string, as = name): File => new File([readFileSync(new URL(name, FOLDER))], as);
export const fixtureText = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

export const TOWNSHIPS: readonly Township[] = [
  { id: '500235143', name: '堰坪镇', name_en: 'Yanping Town', county: '500235', point: [109.15, 31.05] },
  { id: '500235106', name: '龙角镇', name_en: 'Longjiao Town', county: '500235', point: [108.85, 30.72] },
  { id: '500235002', name: '青龙街道', name_en: 'Qinglong Subdistrict', county: '500235', point: [108.69, 30.93] },
  { id: '500236113', name: '青龙镇', name_en: 'Qinglong Town', county: '500236', point: [109.3, 30.7] },
  { id: '500236200', name: '平皋乡', name_en: null, county: '500236', point: null },
];
export const match = matcher(TOWNSHIPS, [{ id: '500235', name: '云阳县' }, { id: '500236', name: '奉节县' }]);

export async function drop(files: readonly File[], encodings: Record<string, Encoding> = {}): Promise<{ drafts: Draft[]; failures: FileFailure[] }> {
  return read(files, { encodings, match, tell: () => undefined });
}

/** The only layer of what was dropped. */
export async function only(...files: File[]): Promise<Draft> {
  const { drafts, failures } = await drop(files);
  if (failures[0] || !drafts[0]) throw new Error(JSON.stringify(failures));
  return drafts[0];
}

export const done = (draft: Draft, answer: Partial<Answer> = {}): Finished =>
  finish(draft, { key: draft.key, reference: null, placing: null, ...answer }, match, () => undefined);
