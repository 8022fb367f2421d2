/** The whole of one record: project, target, task, unit or discrepancy, each with all its places. */
import { api, type Discrepancy, type Organisation, type Project, type Target, type Task } from '../../api/client';
import { named, pick, termed, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { Gap } from '../dock/targets/Gap';
import { useLoaded } from '../load';
import { Fact, Failure, Loading, PlaceList, RecordLink, W } from '../parts';
import { targetsText } from '../text/targets';
import { DiscrepancyCard, Disputed, Units } from './cards';
import { Cite } from './Cite';
import { Figure, Quantity } from './Figure';
import { Section, Several } from './Section';

/** A project or task ought to say where; a target or a contradiction need not. */
function Places({ places, expected = true }: { places: Project['places']; expected?: boolean }) {
  const { words } = useAtlas();
  if (places.length === 0) return expected ? <p class="notice">{words.noPlaces}</p> : null;
  return <Section title={words.placesConcerned} count={places.length}><PlaceList places={places} /></Section>;
}

function Records({ title, kind, records }: {
  title: string; kind: 'project' | 'target'; records: readonly { id: string; name: string; name_en: string | null }[];
}) {
  const { language } = useAtlas();
  return (
    <Section title={title} count={records.length}>
      <Several list="plain-list" items={records} atFirst={10} draw={(record) => (
          <li key={record.id}>
            <RecordLink kind={kind} id={record.id} name={named(language, record)} />
          </li>
        )} />
    </Section>
  );
}

export function ProjectPanel({ project }: { project: Project }) {
  const { language, words } = useAtlas();
  return (
    <>
      <dl class="facts">
        <Fact term={words.industry}>{project.industry && <W of={termed(language, project.industry)} />}</Fact>
        <Fact term={words.action}>{project.action && <W of={termed(language, project.action)} />}</Fact>
        <Fact term={words.stage}>{project.stage && <W of={termed(language, project.stage)} />}</Fact>
        <Fact term={words.deadline}>{project.deadline && <span lang="zh-CN">{project.deadline}</span>}</Fact>
        <Fact term={words.quantity}>{project.quantity && <Quantity written={project.quantity} />}</Fact>
        <Fact term={words.leadUnits}>{project.lead_units.length > 0 && <Units units={project.lead_units} />}</Fact>
        <Fact term={words.cooperatingUnits}>{project.cooperating_units.length > 0 && <Units units={project.cooperating_units} />}</Fact>
        <Fact term={words.note}>{project.note && <span lang="zh-CN">{project.note}</span>}</Fact>
      </dl>
      <Disputed by={project.discrepancies} />
      <Cite of={project} withPlan />
      <Places places={project.places} />
      <Records title={words.servesTargets} kind="target" records={project.targets} />
    </>
  );
}

export function TargetPanel({ target }: { target: Target }) {
  const { language, words } = useAtlas();
  const { gap: gapTerm } = useText(targetsText);
  return (
    <>
      <Figure target={target} />
      <Disputed by={target.discrepancies} />
      <dl class="facts">
        <Fact term={gapTerm}>{target.kind === 'indicator' && <Gap target={target} />}</Fact>
        <Fact term={words.oneOf.target}>{target.no !== null && words.indicatorNo(target.no)}</Fact>
        <Fact term={words.industry}>{target.industry && <W of={termed(language, target.industry)} />}</Fact>
        <Fact term={words.restates}>{target.indicator && <RecordLink kind="target" id={target.indicator.id} name={named(language, target.indicator)} />}</Fact>
        <Fact term={words.note}>{target.note && <span lang="zh-CN">{target.note}</span>}</Fact>
      </dl>
      <Cite of={target} withPlan />
      <Places places={target.places} expected={false} />
      <Records title={words.servedBy} kind="project" records={target.projects} />
    </>
  );
}

export function TaskPanel({ task }: { task: Task }) {
  const { language, words } = useAtlas();
  return (
    <>
      <dl class="facts">
        <Fact term={words.action}>{task.task && <span lang="zh-CN">{task.task}</span>}</Fact>
        <Fact term={words.group}>{task.kind && <><W of={termed(language, task.kind)} />{task.group && <span lang="zh-CN"> · {task.group} · {task.no}</span>}</>}</Fact>
        <Fact term={words.leadUnits}>{task.lead_units.length > 0 && <Units units={task.lead_units} />}</Fact>
        <Fact term={words.cooperatingUnits}>{task.cooperating_units.length > 0 && <Units units={task.cooperating_units} />}</Fact>
        <Fact term={words.note}>{task.note && <span lang="zh-CN">{task.note}</span>}</Fact>
      </dl>
      <Cite of={task} withPlan />
      <Places places={task.places} />
    </>
  );
}

export function OrganisationPanel({ organisation }: { organisation: Organisation }) {
  const { language, words } = useAtlas();
  const { id } = organisation;
  const charge = useLoaded(id, () => Promise.all([api.projectsOfUnit(id), api.tasksOfUnit(id)]));
  return (
    <>
      <dl class="facts">
        <Fact term={words.unitRole}>{organisation.role && <span lang="zh-CN">{organisation.role}</span>}</Fact>
      </dl>
      <Cite of={organisation} withPlan />
      {charge.status === 'loading' && <Loading />}
      {charge.status === 'failed' && <Failure error={charge.error} retry={charge.retry} id={id} />}
      {charge.status === 'here' && (
        <>
          <Section title={words.unitProjects} count={charge.value[0].total}>
            <Several list="plain-list" items={charge.value[0].items} atFirst={12} draw={(project) => (
                <li key={project.id}><RecordLink kind="project" id={project.id} name={named(language, project)} places={project.places} /></li>
              )} />
          </Section>
          <Section title={words.unitTasks} count={charge.value[1].total}>
            <Several list="plain-list" items={charge.value[1].items} atFirst={12} draw={(task) => (
                <li key={task.id}><RecordLink kind="task" id={task.id} name={titled(language, task)} places={task.places} /></li>
              )} />
          </Section>
        </>
      )}
    </>
  );
}

export function DiscrepancyPanel({ discrepancy }: { discrepancy: Discrepancy }) {
  const { words } = useAtlas();
  return (
    <>
      <DiscrepancyCard discrepancy={discrepancy} titleless />
      <Places places={discrepancy.places} expected={false} />
      <Records title={words.targets} kind="target" records={discrepancy.targets} />
      <Records title={words.projects} kind="project" records={discrepancy.projects} />
    </>
  );
}

export const topicOf = (discrepancy: Discrepancy, language: 'zh' | 'en') => pick(language, discrepancy.topic, discrepancy.topic_en);
