/** One card per kind of record, as a place's panel lists them. The whole record is a click away. */
import type { ComponentChildren } from 'preact';
import type { Discrepancy, Link, PlaceRef, Project, RecordRef, Role, Target, Task, Term } from '../../api/types';
import { named, pick, termed, titled } from '../../state/language';
import { useAtlas } from '../context';
import { useLighting } from '../lighting';
import { RecordLink, W } from '../parts';
import { Cite, Sections } from './Cite';
import { Figure, Quantity } from './Figure';

function Card({ places, children }: { places: readonly PlaceRef[]; children: ComponentChildren }) {
  return <article class="card" {...useLighting(places)}>{children}</article>;
}

/** Through what a record comes to this place, when not directly. */
function Via({ link }: { link: Link | null | undefined }) {
  const { language, words } = useAtlas();
  if (link?.relation === 'project') return <span class="via">{words.viaProject}</span>;
  if (link?.relation === 'inside' && link.place) return <span class="via">{words.via(named(language, link.place).text)}</span>;
  return null;
}

export function Units({ units }: { units: readonly { id: string; name: string; name_en: string | null }[] }) {
  const { language } = useAtlas();
  if (units.length === 0) return null;
  return (
    <ul class="inline-list">
      {units.map((unit) => (
        <li key={unit.id}><RecordLink kind="organisation" id={unit.id} name={named(language, unit)} /></li>
      ))}
    </ul>
  );
}

/** Words of a vocabulary, one after the other. */
function Terms({ terms }: { terms: readonly Term[] }) {
  const { language } = useAtlas();
  const texts = terms.map((term) => termed(language, term));
  return <W of={{ text: texts.map(({ text }) => text).join(language === 'zh' ? '、' : ', '), lang: texts[0]?.lang ?? language }} />;
}

/** Where the plan contradicts itself about a figure or a project: at the very place it is read. */
export function Disputed({ by }: { by: readonly RecordRef[] }) {
  const { language, words } = useAtlas();
  if (by.length === 0) return null;
  return (
    <p class="card-line disputed">
      <span class="tag warn">{words.disputed}</span>
      {by.map((one) => <RecordLink key={one.id} kind="discrepancy" id={one.id} name={named(language, one)} />)}
    </p>
  );
}

export function RoleCard({ role }: { role: Role }) {
  const { language, words } = useAtlas();
  return (
    <Card places={[role.place]}>
      <p class="card-kind"><W of={termed(language, role.kind)} /> <Via link={role.link} /></p>
      <h4 class="card-title"><W of={titled(language, role)} /></h4>
      {role.herbs.length > 0 && (
        <p class="herbs">
          <span class="visually-hidden">{words.herbs}: </span>
          {role.herbs.map((herb) => <span key={herb.id} class="herb"><W of={termed(language, herb)} /></span>)}
        </p>
      )}
      {(role.base_type || role.industries.length > 0) && (
        <p class="card-line">
          {role.base_type && <><span class="aside">{words.baseType}</span> <W of={termed(language, role.base_type)} /></>}
          {role.base_type && role.industries.length > 0 && '　'}
          {role.industries.length > 0 && <><span class="aside">{words.industries}</span> <Terms terms={role.industries} /></>}
        </p>
      )}
      {role.note && <p class="card-note" lang="zh-CN">{role.note}</p>}
      <Cite of={role} />
    </Card>
  );
}

export function ProjectCard({ project }: { project: Project }) {
  const { language, words } = useAtlas();
  return (
    <Card places={project.places}>
      <h4 class="card-title"><RecordLink kind="project" id={project.id} name={named(language, project)} places={project.places} /></h4>
      <p class="card-line">
        {project.stage && <span class="tag"><W of={termed(language, project.stage)} /></span>}
        {project.deadline && <span><span class="aside">{words.deadline}</span> <span lang="zh-CN">{project.deadline}</span></span>}
        {project.quantity && <span><span class="aside">{words.quantity}</span> <Quantity written={project.quantity} /></span>}
        <Via link={project.link} />
      </p>
      {project.lead_units.length > 0 && <div class="card-units"><span class="aside">{words.leadUnits}</span> <Units units={project.lead_units} /></div>}
      <Disputed by={project.discrepancies} />
      <Cite of={project} />
    </Card>
  );
}

export function TargetCard({ target }: { target: Target }) {
  const { language, words } = useAtlas();
  return (
    <Card places={target.places}>
      <h4 class="card-title">
        <RecordLink kind="target" id={target.id} name={named(language, target)} places={target.places} />
        {target.no !== null && <span class="aside"> {words.indicatorNo(target.no)}</span>}
      </h4>
      <Figure target={target} />
      <Disputed by={target.discrepancies} />
      <p class="card-line"><Via link={target.link} /></p>
      <Cite of={target} />
    </Card>
  );
}

export function TaskCard({ task }: { task: Task }) {
  const { language, words } = useAtlas();
  return (
    <Card places={task.places}>
      <h4 class="card-title"><RecordLink kind="task" id={task.id} name={titled(language, task)} places={task.places} /></h4>
      {task.task && <p class="card-line" lang="zh-CN">{task.task}</p>}
      {task.lead_units.length > 0 && <div class="card-units"><span class="aside">{words.leadUnits}</span> <Units units={task.lead_units} /></div>}
      <p class="card-line"><Via link={task.link} /></p>
      <Cite of={task} />
    </Card>
  );
}

/** Both figures side by side; neither is preferred. */
export function DiscrepancyCard({ discrepancy, titleless = false }: { discrepancy: Discrepancy; titleless?: boolean }) {
  const { atlas, language, words } = useAtlas();
  const plan = atlas.plans.find(({ id }) => id === discrepancy.plan);
  const severity = discrepancy.severity && (
    <span class="tag warn">{words.labelled(words.severity, termed(language, discrepancy.severity).text)}</span>
  );
  const side = (label: string, statement: string, sections: readonly string[]) => (
    <div class="side">
      <p class="aside">{label} · <Sections ids={sections} plan={plan} /></p>
      <p class="side-statement" lang="zh-CN">{statement}</p>
    </div>
  );
  return (
    <Card places={discrepancy.places}>
      {titleless ? severity && <p class="card-line">{severity}</p> : (
        <h4 class="card-title">
          <RecordLink kind="discrepancy" id={discrepancy.id} name={pick(language, discrepancy.topic, discrepancy.topic_en)} places={discrepancy.places} />
          {severity}
        </h4>
      )}
      <div class="sides">
        {side(words.statementA, discrepancy.statement_a, discrepancy.section_a)}
        {side(words.statementB, discrepancy.statement_b, discrepancy.section_b)}
      </div>
      {discrepancy.assessment && <p class="card-note"><W of={pick(language, discrepancy.assessment, discrepancy.assessment_en)} /></p>}
    </Card>
  );
}
