/**
 * The registers: every project, indicator, task, unit and contradiction of the plans as a list, to
 * be read and narrowed down without the map. Sorting and tables are not its business.
 */
import { useState } from 'preact/hooks';
import { REGISTERS, type RegisterName, api } from '../../api/client';
import { named, termed, titled } from '../../state/language';
import { useAtlas } from '../context';
import { useLoaded } from '../load';
import { Failure, Loading, RecordLink, W } from '../parts';
import { DiscrepancyCard, ProjectCard, TargetCard, TaskCard } from './cards';

const PAGE = 20;
const WITH_INDUSTRY: readonly RegisterName[] = ['projects', 'targets'];

export function isRegister(id: string): id is RegisterName {
  return (REGISTERS as readonly string[]).includes(id);
}

export function RegisterPanel({ name }: { name: RegisterName }) {
  const { atlas, store, language, words } = useAtlas();
  const [q, setQ] = useState('');
  const [plan, setPlan] = useState('');
  const [industry, setIndustry] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const filters = { q: q.trim(), plan, ...(WITH_INDUSTRY.includes(name) && { industry }) };
  const narrow = (change: () => void): void => {
    change();
    setLimit(PAGE);
  };
  const industries = atlas.vocabulary.industries;
  return (
    <>
      <div class="register-tabs" role="group" aria-label={words.registers}>
        {REGISTERS.map((one) => (
          <button key={one} type="button" class="button" aria-pressed={one === name} onClick={() => store.select({ type: 'choose', kind: 'register', id: one })}>
            {words.register[one]}
          </button>
        ))}
      </div>
      <form class="register-filters" role="search" aria-label={words.registerFilter} onSubmit={(event) => event.preventDefault()}>
        <label>{words.registerWords}<input type="search" value={q} onInput={(event) => narrow(() => setQ(event.currentTarget.value))} /></label>
        <label>{words.registerPlan}
          <select value={plan} onChange={(event) => narrow(() => setPlan(event.currentTarget.value))}>
            <option value="">{words.all}</option>
            {atlas.plans.map((one) => <option key={one.id} value={one.id}>{titled(language, one).text}</option>)}
          </select>
        </label>
        {WITH_INDUSTRY.includes(name) && (
          <label>{words.industry}
            <select value={industry} onChange={(event) => narrow(() => setIndustry(event.currentTarget.value))}>
              <option value="">{words.all}</option>
              {industries.map((one) => <option key={one.id} value={one.id}>{termed(language, one).text}</option>)}
            </select>
          </label>
        )}
      </form>
      <Records name={name} filters={filters} limit={limit} more={() => setLimit(limit + PAGE)} />
    </>
  );
}

function Records({ name, filters, limit, more }: {
  name: RegisterName; filters: Record<string, string>; limit: number; more: () => void;
}) {
  const { words } = useAtlas();
  const key = JSON.stringify([name, filters, limit]);
  const loaded = useLoaded(key, () => api.register(name, filters, limit));
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <Failure error={loaded.error} retry={loaded.retry} />;
  const { total, register } = loaded.value;
  return (
    <>
      <div role="status"><h3 class="register-count">{total === 0 ? words.registerEmpty : words.registerCount(total)}</h3></div>
      <Cards register={register} />
      {limit < total && <button type="button" class="button quiet" onClick={more}>{words.more(Math.min(PAGE, total - limit))}</button>}
    </>
  );
}

type Register = Awaited<ReturnType<typeof api.register>>['register'];

function Cards({ register }: { register: Register }) {
  const { language } = useAtlas();
  switch (register.name) {
    case 'projects': return <>{register.items.map((one) => <ProjectCard key={one.id} project={one} />)}</>;
    case 'targets': return <>{register.items.map((one) => <TargetCard key={one.id} target={one} />)}</>;
    case 'tasks': return <>{register.items.map((one) => <TaskCard key={one.id} task={one} />)}</>;
    case 'discrepancies': return <>{register.items.map((one) => <DiscrepancyCard key={one.id} discrepancy={one} />)}</>;
    case 'organisations':
      return (
        <ul class="plain-list">
          {register.items.map((one) => (
            <li key={one.id}>
              <RecordLink kind="organisation" id={one.id} name={named(language, one)} />
              {one.kind && <span class="aside"> <W of={termed(language, one.kind)} /></span>}
            </li>
          ))}
        </ul>
      );
  }
}
