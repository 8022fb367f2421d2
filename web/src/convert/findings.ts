/** Gathers what is wrong with the features of a layer; beyond a number that anybody would read, it only counts. */
import { LISTED_FINDINGS } from './limits';
import type { Done, Fault, Finding } from './model';

export class Findings {
  private readonly listed: Finding[] = [];
  private readonly counts = new Map<string, { fault: Fault; done: Done; count: number }>();

  add(feature: number, name: string | null, fault: Fault, done: Done, detail: string | null = null): void {
    const key = `${fault} ${done}`;
    const counted = this.counts.get(key) ?? { fault, done, count: 0 };
    this.counts.set(key, { ...counted, count: counted.count + 1 });
    if (counted.count < LISTED_FINDINGS) this.listed.push({ feature, name, fault, done, detail, count: 1 });
  }

  /** The fault most features were lost to, if any was. */
  get worst(): Fault | null {
    const lost = [...this.counts.values()].filter(({ done }) => done === 'left-out').sort((a, b) => b.count - a.count);
    return lost[0]?.fault ?? null;
  }

  all(): Finding[] {
    const rest = [...this.counts.values()].filter(({ count }) => count > LISTED_FINDINGS)
      .map(({ fault, done, count }): Finding => ({ feature: null, name: null, fault, done, detail: null, count: count - LISTED_FINDINGS }));
    return [...this.listed, ...rest];
  }
}
