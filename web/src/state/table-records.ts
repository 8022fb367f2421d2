/** The tables of what the plans lay down: projects, targets, tasks, and statements that do not agree. */
import type { Discrepancy, Project, Target, Task } from '../api/types';
import { figure, places, terms, units, words } from './table-cell';
import { planColumn, planFacet, sectionCell, sectionColumn, sectionKey, some, townshipFacet, unique, type Ground } from './table-ground';
import type { Facet, Model } from './table-rows';

export function projectsModel(ground: Ground, projects: readonly Project[]): Model<Project> {
  const { vocabulary } = ground.atlas;
  return {
    name: 'projects', kind: 'project',
    columns: [
      { id: 'name', width: 250, cell: ({ name, name_en }) => words(name, name_en) },
      { id: 'industry', width: 120, cell: ({ industry }) => terms(industry) },
      { id: 'stage', width: 96, cell: ({ stage }) => terms(stage) },
      {
        id: 'due', width: 80,
        cell: ({ deadline, deadline_year: year }) => words(deadline, year === null ? null : String(year)),
        key: ({ deadline_year }) => deadline_year,
      },
      { id: 'quantity', width: 130, cell: ({ quantity }) => figure({ written: quantity, comparator: null, unit: null }), key: ({ number }) => number },
      { id: 'places', width: 260, cell: (project) => places(project.places) },
      { id: 'leads', width: 150, cell: ({ lead_units }) => units(lead_units) },
      planColumn(ground),
      sectionColumn(ground),
    ],
    facets: [
      { id: 'industry', values: ({ industry }) => [industry], order: vocabulary.industries },
      { id: 'stage', values: ({ stage }) => some(stage), order: vocabulary.stages },
      dueFacet(ground, projects),
      townshipFacet(ground),
      unitFacet(),
      planFacet(ground),
    ],
    id: ({ id }) => id,
    places: (project) => project.places,
    words: ({ id, quote, note, action, cooperating_units: helps }) =>
      [id, quote, note, action?.zh ?? null, action?.en ?? null, ...helps.flatMap(({ name, name_en }) => [name, name_en])],
  };
}

/** Due by a year is due by every later one; many projects name no year at all, which is not the same as late. */
function dueFacet({ own }: Ground, projects: readonly Project[]): Facet<Project> {
  const years = [...new Set(some(...projects.map(({ deadline_year }) => deadline_year)))].sort((a, b) => a - b);
  return {
    id: 'due',
    values: ({ deadline_year: due }) => (due === null ? [own.noDeadline] : years.filter((year) => due <= year).map(own.dueBy)),
    order: [...years.map(own.dueBy), own.noDeadline],
  };
}

function unitFacet<T extends Pick<Project, 'lead_units' | 'cooperating_units'>>(): Facet<T> {
  return {
    id: 'unit', order: 'frequent',
    values: ({ lead_units, cooperating_units }) =>
      unique([...lead_units, ...cooperating_units].map(({ id, name, name_en }) => ({ id, zh: name, en: name_en ?? '' }))),
  };
}

export function targetsModel(ground: Ground): Model<Target> {
  const { own, atlas: { vocabulary } } = ground;
  return {
    name: 'targets', kind: 'target',
    columns: [
      { id: 'name', width: 250, cell: ({ name, name_en }) => words(name, name_en) },
      { id: 'no', width: 64, cell: ({ no }) => (no === null ? null : { kind: 'number', value: no }) },
      { id: 'industry', width: 120, cell: ({ industry }) => terms(industry) },
      {
        id: 'baseline', width: 140, key: (target) => target.baseline_number,
        cell: ({ baseline, unit, unit_en }) => figure({ written: baseline, comparator: null, unit }, unit_en),
      },
      {
        id: 'target', width: 150, key: (target) => target.target_number,
        cell: ({ target, comparator, unit, unit_en }) => figure({ written: target, comparator, unit }, unit_en),
      },
      { id: 'attribute', width: 84, cell: ({ attribute }) => terms(attribute) },
      { id: 'kind', width: 96, cell: ({ kind }) => terms(own.targetKind(kind)) },
      { id: 'places', width: 220, cell: (target) => places(target.places) },
      planColumn(ground),
      sectionColumn(ground),
    ],
    facets: [
      { id: 'industry', values: ({ industry }) => some(industry), order: vocabulary.industries },
      { id: 'kind', values: ({ kind }) => [own.targetKind(kind)], order: 'frequent' },
      { id: 'attribute', values: ({ attribute }) => some(attribute), order: vocabulary.attributes },
      townshipFacet(ground),
      planFacet(ground),
    ],
    id: ({ id }) => id,
    places: (target) => target.places,
    words: ({ id, quote, note }) => [id, quote, note],
  };
}

export function tasksModel(ground: Ground): Model<Task> {
  return {
    name: 'tasks', kind: 'task',
    columns: [
      { id: 'name', width: 300, cell: ({ title, title_en }) => words(title, title_en) },
      { id: 'kind', width: 110, cell: ({ kind }) => terms(kind) },
      { id: 'leads', width: 190, cell: ({ lead_units }) => units(lead_units) },
      { id: 'helps', width: 210, cell: ({ cooperating_units }) => units(cooperating_units) },
      { id: 'places', width: 260, cell: (task) => places(task.places) },
      planColumn(ground),
      sectionColumn(ground),
    ],
    facets: [
      { id: 'kind', values: ({ kind }) => some(kind), order: ground.atlas.vocabulary.task_kinds },
      unitFacet(),
      townshipFacet(ground),
      planFacet(ground),
    ],
    id: ({ id }) => id,
    places: (task) => task.places,
    words: ({ id, task, quote, note }) => [id, task, quote, note],
  };
}

/** Both statements stand side by side, each with its section; neither is preferred. */
export function discrepanciesModel(ground: Ground): Model<Discrepancy> {
  const { vocabulary } = ground.atlas;
  const rank = new Map(vocabulary.severities.map(({ id }, i) => [id, i]));
  return {
    name: 'discrepancies', kind: 'discrepancy',
    columns: [
      { id: 'name', width: 220, cell: ({ topic, topic_en }) => words(topic, topic_en) },
      { id: 'severity', width: 80, cell: ({ severity }) => terms(severity), key: ({ severity }) => (severity ? (rank.get(severity.id) ?? null) : null) },
      { id: 'kind', width: 110, cell: ({ kind }) => terms(kind) },
      { id: 'statementA', width: 270, cell: ({ statement_a }) => words(statement_a) },
      { id: 'statementB', width: 270, cell: ({ statement_b }) => words(statement_b) },
      {
        id: 'section', width: 190, cell: ({ plan, section_a, section_b }) => sectionCell(ground, plan, sections(section_a, section_b)),
        key: ({ plan, section_a, section_b }) => sectionKey(ground, plan, sections(section_a, section_b)),
      },
      { id: 'places', width: 200, cell: (discrepancy) => places(discrepancy.places) },
      planColumn(ground),
    ],
    facets: [
      { id: 'severity', values: ({ severity }) => some(severity), order: vocabulary.severities },
      { id: 'kind', values: ({ kind }) => some(kind), order: 'frequent' },
      { id: 'industry', values: ({ targets, projects }) => unique(some(...[...targets, ...projects].map(({ industry }) => industry))), order: vocabulary.industries },
      townshipFacet(ground),
      planFacet(ground),
    ],
    id: ({ id }) => id,
    places: (discrepancy) => discrepancy.places,
    words: ({ id, assessment, assessment_en, targets, projects }) =>
      [id, assessment, assessment_en, ...[...targets, ...projects].flatMap(({ name, name_en }) => [name, name_en])],
  };
}

const sections = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
